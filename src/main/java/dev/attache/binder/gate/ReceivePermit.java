package dev.attache.binder.gate;

/**
 * How many messages may be received.
 *
 * @param messages the largest number of messages
 * @param probe whether the message is received to probe with; {@link ProbeScheduler#received} must follow
 */
public record ReceivePermit(int messages, boolean probe) {

    public static final ReceivePermit NONE = new ReceivePermit(0, false);
}
