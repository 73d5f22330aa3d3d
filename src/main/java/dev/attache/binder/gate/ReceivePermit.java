package dev.attache.binder.gate;

/**
 * What may be received.
 *
 * @param messages how many at most
 * @param probe whether it is one message to probe with: {@link ProbeScheduler#received} must follow
 */
public record ReceivePermit(int messages, boolean probe) {

    public static final ReceivePermit NONE = new ReceivePermit(0, false);
}
