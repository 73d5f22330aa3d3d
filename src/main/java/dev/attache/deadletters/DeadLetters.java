package dev.attache.deadletters;

import java.util.Optional;

/** The snapshots of dead-letter queues. */
public interface DeadLetters {

    /**
     * The last snapshot of a queue that any instance made.
     *
     * @param queue the name of the dead-letter queue
     * @throws RuntimeException if the ledger does not answer
     */
    Optional<Snapshot> snapshot(String queue);
}
