package dev.attache.deadletters.redrive;

import dev.attache.deadletters.tasks.TaskRun;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Deletes letters, and tries again if that fails. */
final class Deletion {

    private static final int TRIES = 3;

    private static final Duration PAUSE = Duration.ofMillis(300);

    private final ConsoleQueues queues;

    private final String queue;

    private final TaskRun run;

    Deletion(ConsoleQueues queues, String queue, TaskRun run) {
        this.queues = queues;
        this.queue = queue;
        this.run = run;
    }

    /**
     * Deletes ten letters at most.
     *
     * @return the ids of those that could not be deleted
     */
    Set<String> delete(List<HeldLetter> letters) {
        List<HeldLetter> rest = letters;
        for (int attempt = 1; attempt <= TRIES && !rest.isEmpty(); attempt++) {
            if (attempt > 1) {
                // Also if the task is to end: what was sent must be deleted.
                run.pause(PAUSE);
            }
            rest = attempt(rest);
        }
        return rest.stream().map(HeldLetter::id).collect(Collectors.toSet());
    }

    private List<HeldLetter> attempt(List<HeldLetter> letters) {
        try {
            Set<String> left = queues.delete(queue, letters);
            return letters.stream().filter(letter -> left.contains(letter.id())).toList();
        } catch (QueueCallException e) {
            run.note("delete", String.valueOf(e.getMessage()));
            return letters;
        }
    }
}
