package dev.attache.binder.failure;

import java.time.Duration;

/** What is done with a message after an attempt to handle it. {@code MessageProcessor} executes it. */
public sealed interface Decision {

    /** Delete it: it was handled. */
    record Acknowledge() implements Decision {}

    /**
     * Keep it in flight and try again after a pause. When the gate closes meanwhile, it waits as for
     * {@link KeepInFlight}.
     *
     * @param atMost how long it may stay in flight from now on
     */
    record RetryInPlace(Duration pause, Duration atMost) implements Decision {}

    /**
     * Keep it in flight until the gate opens or it is this message's turn to probe.
     *
     * @param atMost how long from now on
     */
    record KeepInFlight(Duration atMost) implements Decision {}

    /** Make it visible again after this long. */
    record Release(Duration after) implements Decision {}

    /** Announce the rejection, copy the message to the dead-letter queue, and delete it. */
    record DeadLetter(Failure.Rejected failure, Announcement announcement) implements Decision {}

    /** When a rejection is announced. */
    enum Announcement {
        /** Before the copy is written. */
        FIRST,
        /**
         * It could not be yet: the copy is written, and the message is deleted when the rejection has been announced.
         */
        LATER,
        /** It could not be, and no attempt is left: the copy says so. */
        NONE
    }
}
