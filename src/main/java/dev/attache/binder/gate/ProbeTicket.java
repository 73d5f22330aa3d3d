package dev.attache.binder.gate;

/** A message in {@link ProbeScheduler}. The scheduler's lock guards the fields. */
public final class ProbeTicket {

    /** Whether the message has probed since the gate was last open. */
    boolean probed;

    /** Whether the message was received to probe with, and its first attempt has not ended. */
    boolean receivedToProbe;
}
