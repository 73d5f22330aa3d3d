package dev.attache.console.deadletters;

import dev.attache.console.Operator;
import dev.attache.deadletters.Task;
import java.time.Duration;
import java.time.Instant;

/**
 * A task as pages show it.
 *
 * @param title what it does, in words
 * @param state its state, in words
 * @param tone {@code good}, {@code bad} or empty
 */
record TaskView(ShownTask task, String title, String state, String tone) {

    /** An outcome that has not arrived within this time after the end is not expected any more. */
    private static final Duration OUTCOMES = Duration.ofMinutes(15);

    static TaskView of(Task task, Operator reader) {
        ShownTask shown = ShownTask.of(task, reader);
        return new TaskView(shown, Texts.title(shown), Texts.state(shown), Texts.tone(shown.state(), shown.failed()));
    }

    public boolean ended() {
        return task.state().isEnded();
    }

    /** Whether letters were sent, so that outcomes are counted. */
    public boolean sends() {
        return task.action() == Action.REPLAY || task.action() == Action.EDIT;
    }

    /** Whether its numbers still change: outcomes arrive after the last letter was sent, too. */
    public boolean live(Instant now) {
        Instant end = task.endedAt();
        return end == null || (sends() && open() > 0 && now.isBefore(end.plus(OUTCOMES)));
    }

    /** How many of the sent letters have no outcome yet. */
    public long open() {
        return Math.max(0, task.done() - task.handled() - task.rejectedAgain());
    }
}
