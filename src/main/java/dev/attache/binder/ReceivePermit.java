package dev.attache.binder;

/**
 * What may be received.
 *
 * @param messages how many at most
 * @param probe    whether it is one message to probe with: {@link ProbeTurns#received} must follow
 */
record ReceivePermit(int messages, boolean probe) {

    static final ReceivePermit NONE = new ReceivePermit(0, false);
}
