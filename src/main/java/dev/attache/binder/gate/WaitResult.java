package dev.attache.binder.gate;

/** Why the wait of a message has ended. */
public enum WaitResult {
    /** The gate is open: the message may be tried again. */
    RETRY,
    /** The message is selected to probe: it may be tried again, and {@link ProbeScheduler#probed} must follow. */
    PROBE,
    /** The input stops. */
    STOPPING,
    /** The message has waited for as long as it may. */
    TIMED_OUT;

    /** Whether the message may be tried again. */
    public boolean mayAttempt() {
        return this == RETRY || this == PROBE;
    }
}
