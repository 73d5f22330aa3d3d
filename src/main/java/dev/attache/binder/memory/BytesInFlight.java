package dev.attache.binder.memory;

import org.springframework.util.unit.DataSize;

/**
 * What bounds the memory of all inputs together, beside the number of messages: a message of 256 KiB takes a hundred
 * times as much as a usual one, and while it is handled its text is in memory several times over, or as a tree of
 * objects that is much larger.
 */
public final class BytesInFlight {

    /** A body of many small values takes up to this many times its size as a tree of JSON nodes. */
    private static final int INFLATION = 8;

    /** What is published and not confirmed is in memory as text, and as part of a request. */
    private static final int COPIES = 4;

    private final ByteBudget received;

    private final ByteBudget handled;

    private final ByteBudget published;

    /** @param max how many bytes of messages may be in flight */
    public BytesInFlight(DataSize max) {
        this.received = new ByteBudget(max.toBytes());
        this.handled = new ByteBudget(max.toBytes() / INFLATION);
        this.published = new ByteBudget(max.toBytes() / COPIES);
    }

    /** Shares for another input. */
    public Input input() {
        return new Input(received.share(), handled.share(), published.share());
    }

    /**
     * The shares of one input.
     *
     * @param received the messages in flight, those included that a receive under way may bring
     * @param handled the messages that are being handled at this moment
     * @param published what follows from them and has not been confirmed yet
     */
    public record Input(ByteBudget.Share received, ByteBudget.Share handled, ByteBudget.Share published) {}
}
