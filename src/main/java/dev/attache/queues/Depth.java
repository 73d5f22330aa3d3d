package dev.attache.queues;

/**
 * Approximate numbers of messages in a queue ("GetQueueAttributes").
 *
 * @param visible messages that can be received
 * @param inFlight messages that were received and not yet deleted
 * @param delayed messages that cannot be received yet
 */
public record Depth(long visible, long inFlight, long delayed) {

    /** All messages that were sent and not yet deleted. */
    public long total() {
        return visible + inFlight + delayed;
    }
}
