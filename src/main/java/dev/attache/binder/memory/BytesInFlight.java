package dev.attache.binder.memory;

import org.springframework.util.unit.DataSize;

/**
 * Limits the memory for messages of all inputs together. The number of messages alone does not limit it: a message may
 * have a few hundred bytes or 256 KiB, and while it is handled its text is in memory several times, or as a much larger
 * tree of objects.
 */
public final class BytesInFlight {

    /** As a tree of JSON nodes, a body of many small values takes up to this many times its size. */
    private static final int INFLATION = 8;

    /** An output that is not confirmed is in memory as text and as part of a request. */
    private static final int COPIES = 4;

    private final ByteBudget received;

    private final ByteBudget handled;

    private final ByteBudget published;

    /** @param max the limit for all messages in flight together */
    public BytesInFlight(DataSize max) {
        this.received = new ByteBudget(max.toBytes());
        this.handled = new ByteBudget(max.toBytes() / INFLATION);
        this.published = new ByteBudget(max.toBytes() / COPIES);
    }

    /** Shares for another input. */
    public Shares newShares() {
        return new Shares(received.share(), handled.share(), published.share());
    }

    /**
     * The shares of one input.
     *
     * @param received the messages in flight, including those that a pending receive may return
     * @param handled the messages that are being handled at this moment
     * @param published the outputs that are not confirmed yet
     */
    public record Shares(ByteBudget.Share received, ByteBudget.Share handled, ByteBudget.Share published) {}
}
