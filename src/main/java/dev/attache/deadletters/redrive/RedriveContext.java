package dev.attache.deadletters.redrive;

import dev.attache.deadletters.DeadLetter;
import dev.attache.deadletters.DeadLetterQueue;
import dev.attache.deadletters.LetterReader;
import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Snapshot;
import dev.attache.deadletters.Snapshots;
import dev.attache.deadletters.tasks.DeadLetterProperties;
import dev.attache.deadletters.tasks.Outcomes;
import dev.attache.deadletters.tasks.TaskRun;
import dev.attache.queues.KnownQueue;
import dev.attache.queues.QueueCatalog;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all tasks use.
 *
 * @param catalog which queues a letter may be sent to
 * @param attributes of redriven messages
 */
record RedriveContext(
        ConsoleQueues queues,
        QueueCatalog catalog,
        LetterReader reader,
        Snapshots snapshots,
        Outcomes outcomes,
        RedrivenAttributes attributes,
        DeadLetterProperties properties,
        Clock clock) {

    private static final Logger log = LoggerFactory.getLogger(RedriveContext.class);

    LetterPass pass(TaskRun run) {
        return new LetterPass(queues, properties, run, clock);
    }

    DeadLetterQueue queue(String name, ConsoleQueues.Facts facts) {
        return new DeadLetterQueue(
                name, catalog.find(name).map(KnownQueue::source).orElse(null), facts.retention());
    }

    /** Whether letters may be sent to a queue: letters could name any. */
    boolean isInput(String queue) {
        return catalog.find(queue)
                .filter(known -> known.kind() == KnownQueue.Kind.INPUT)
                .isPresent();
    }

    /** The last snapshot, by which a task estimates its work. */
    Optional<Snapshot> snapshot(String queue) {
        try {
            return snapshots.snapshot(queue);
        } catch (RuntimeException e) {
            log.debug("The snapshot of {} cannot be read", queue, e);
            return Optional.empty();
        }
    }

    /** The ids of selected letters that the last snapshot shows. */
    Set<String> inSnapshot(String queue, Selection selection) {
        return snapshot(queue).stream()
                .flatMap(snapshot -> snapshot.letters().stream())
                .filter(selection::includes)
                .map(DeadLetter::messageId)
                .collect(Collectors.toSet());
    }

    /** Removes letters from the snapshot; a scan does so as well. */
    void gone(String queue, Set<String> messageIds) {
        try {
            snapshots.remove(queue, messageIds);
        } catch (RuntimeException e) {
            log.warn("The snapshot of {} still shows letters that are no longer in the queue", queue, e);
        }
    }
}
