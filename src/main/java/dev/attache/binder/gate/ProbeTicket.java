package dev.attache.binder.gate;

/**
 * A message's place among those that wait for the gate. Its fields are guarded by the lock of {@link ProbeScheduler}.
 */
public final class ProbeTicket {

    /** Whether it has probed since the gate was open last. */
    boolean probed;

    /** Whether it was received to probe with, and its first attempt has not ended. */
    boolean first;
}
