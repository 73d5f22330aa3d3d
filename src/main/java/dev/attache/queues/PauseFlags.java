package dev.attache.queues;

import java.time.Instant;
import java.util.Map;

/**
 * The inputs that an operator has paused on all workers. The flags are one object in the ledger, so they outlive a
 * restart. Workers read it at an interval ({@code attache.queues.pause-check-interval}).
 */
public interface PauseFlags {

    /** By name of the queue, as last read from the ledger. */
    Map<String, Pause> all();

    /**
     * Pauses an input on all workers. A pause that is there already keeps its time, but gets this reason.
     *
     * @param by the operator
     * @throws IllegalArgumentException if no input receives from this queue
     * @throws RuntimeException if the ledger cannot be written; then nothing is paused
     */
    void pause(String queue, String by, String reason);

    /**
     * Ends a pause on all workers. Does nothing if there is none.
     *
     * @param by the operator
     * @throws RuntimeException if the ledger cannot be written; then the pause continues
     */
    void resume(String queue, String by);

    /** @param by the operator who paused the input */
    record Pause(Instant since, String by, String reason) {}
}
