package dev.attache.console.deadletters;

import dev.attache.deadletters.Group;
import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Task;
import java.math.BigDecimal;
import java.util.Locale;

/** Sentences of the pages about dead letters. */
final class Texts {

    private Texts() {}

    /** Such as {@code 1 letter} or {@code 12,400 letters}. */
    static String letters(long count) {
        return count == 1 ? "1 letter" : String.format(Locale.ENGLISH, "%,d letters", count);
    }

    /** Such as {@code 10} or {@code 0.5}. */
    static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** Such as {@code 10/s} or {@code 0.5/s}. */
    static String rate(double perSecond) {
        return number(perSecond) + "/s";
    }

    /** Which letters, such as {@code the letters with KEY_NOT_ALLOWED of crm}. */
    static String of(Selection selection) {
        return switch (selection) {
            case Selection.Letters some ->
                some.messageIds().size() == 1
                        ? "one letter"
                        : letters(some.messageIds().size()) + " that were selected";
            case Selection.OfGroup group -> "the letters " + group(group.code(), group.source());
            case Selection.All all -> "all letters";
        };
    }

    /** Such as {@code with KEY_NOT_ALLOWED of crm}. */
    static String group(String code, String source) {
        return (code.equals(Group.NO_CODE) ? "without a code" : "with " + code)
                + (source.equals(Group.UNKNOWN_SOURCE) ? " of an unknown source" : " of " + source);
    }

    /** A task in words, such as {@code Replay of all letters}. */
    static String title(ShownTask task) {
        return switch (task.action()) {
            case SCAN -> "Scan";
            case EDIT -> "Edit and replay of one letter";
            case REPLAY, DISCARD, DRY_RUN ->
                task.selection() == null
                        ? task.action().title()
                        : task.action().title() + " of " + of(task.selection());
        };
    }

    /** Its state in words. */
    static String state(ShownTask task) {
        String done = "%s %s".formatted(letters(task.done()), task.action().done());
        return switch (task.state()) {
            case RUNNING -> "Running";
            case WAITING -> "Waiting for the outcomes of the first letters";
            case DONE -> task.failed() > 0 ? "Done, but not all: %s".formatted(done) : "Done: %s".formatted(done);
            case STOPPED -> "Stopped by itself: the first letters were rejected again. %s".formatted(done);
            case CANCELLED -> "Cancelled: %s before that".formatted(done);
            case FAILED -> "Failed: %s before that".formatted(done);
        };
    }

    /** Whether the outcome is good or bad, a class of the style sheet; empty if that is open. */
    static String tone(Task.State state, long failed) {
        return switch (state) {
            case RUNNING, WAITING, CANCELLED -> "";
            case DONE -> failed > 0 ? "bad" : "good";
            case STOPPED, FAILED -> "bad";
        };
    }
}
