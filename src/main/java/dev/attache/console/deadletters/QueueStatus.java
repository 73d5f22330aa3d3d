package dev.attache.console.deadletters;

import dev.attache.deadletters.Snapshot;
import dev.attache.deadletters.Task;
import dev.attache.queues.Depth;
import dev.attache.queues.KnownQueue;
import java.util.Optional;

/**
 * What is known about a dead-letter queue.
 *
 * @param depth the last sample
 * @param problem why the last sample failed
 * @param snapshot the last scan
 * @param task the task that uses the queue now
 */
record QueueStatus(
        KnownQueue queue,
        Optional<Depth> depth,
        Optional<String> problem,
        Optional<Snapshot> snapshot,
        Optional<Task> task) {

    public String name() {
        return queue.name();
    }
}
