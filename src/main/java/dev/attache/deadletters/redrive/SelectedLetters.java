package dev.attache.deadletters.redrive;

import dev.attache.deadletters.DeadLetterQueue;
import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.tasks.TaskRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** The letters that a task is about. */
final class SelectedLetters {

    /** A response takes time as well. */
    private static final Duration ROUNDING = Duration.ofSeconds(2);

    private final RedriveContext context;

    private final DeadLetterQueue queue;

    private final Selection selection;

    private final Instant before;

    /** The ids of those that are known before the queue is read. */
    private final Set<String> expected;

    SelectedLetters(RedriveContext context, TaskRun run, Selection selection) {
        this.context = context;
        String name = run.request().queue();
        ConsoleQueues.Facts facts = context.queues().facts(name);
        this.queue = context.queue(name, facts);
        this.selection = selection;
        this.before = run.startedAt().minus(ahead(facts));
        this.expected = expected();
        run.total(Math.max(expected.size(), run.done() + run.failed()));
    }

    /** How far the clock of this instance is ahead of that of SQS. Its time has whole seconds. */
    private Duration ahead(ConsoleQueues.Facts facts) {
        Duration ahead = facts.now()
                .map(now -> Duration.between(now, context.clock().instant()))
                .orElse(Duration.ZERO);
        return ahead.compareTo(ROUNDING) > 0 ? ahead : Duration.ZERO;
    }

    private Set<String> expected() {
        return switch (selection) {
            case Selection.Letters letters -> letters.messageIds();
            case Selection.OfGroup any -> context.inSnapshot(queue.name(), selection);
            case Selection.All any -> context.inSnapshot(queue.name(), selection);
        };
    }

    /** Whether it is known that no letter is selected. */
    boolean isEmpty() {
        return isComplete(Set.of());
    }

    DeadLetterQueue queue() {
        return queue;
    }

    List<Message> of(List<Message> letters) {
        return letters.stream().filter(this::includes).toList();
    }

    private boolean includes(Message letter) {
        return switch (selection) {
            case Selection.Letters letters -> letters.messageIds().contains(letter.messageId());
            case Selection.OfGroup group ->
                wasThere(letter) && group.includes(context.reader().read(queue, letter));
            case Selection.All any -> wasThere(letter);
        };
    }

    /** A letter that was replayed and rejected again is another letter, and must not be replayed for ever. */
    private boolean wasThere(Message letter) {
        String sent = letter.attributes().getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, "0");
        return Instant.ofEpochMilli(Long.parseLong(sent)).isBefore(before);
    }

    /**
     * Handles the selected letters of a queue.
     *
     * @param handle gets those of each round
     * @return how the task ended; empty if it has not, because it is to end early
     */
    Optional<Task.State> handle(TaskRun run, LetterPass pass, Consumer<List<Message>> handle) {
        pass.run(letters -> {
            List<Message> chosen = of(letters);
            if (!chosen.isEmpty()) {
                handle.accept(chosen);
            }
            return !run.isEnding() && !isComplete(pass.seen());
        });
        boolean complete = isComplete(pass.seen());
        if (run.isEnding() && !complete) {
            return Optional.empty();
        }
        if (complete || pass.isDrained()) {
            countMissing(run, pass.seen());
        }
        return Optional.of(Task.State.DONE);
    }

    /** Whether no other letter can be selected. */
    private boolean isComplete(Set<String> seen) {
        return selection instanceof Selection.Letters && seen.containsAll(expected);
    }

    private void countMissing(TaskRun run, Set<String> seen) {
        Set<String> settledBefore =
                run.isResumed() ? context.outcomes().tally(run.id()).letters().keySet() : Set.of();
        long missing = expected.stream()
                .filter(id -> !seen.contains(id) && !settledBefore.contains(id))
                .count();
        // Letters that an earlier instance settled are not in the queue, and not all of their outcomes are known.
        long most = run.isResumed() ? Math.max(0, expected.size() - run.done() - run.failed()) : missing;
        run.notFound(Math.min(missing, most));
    }
}
