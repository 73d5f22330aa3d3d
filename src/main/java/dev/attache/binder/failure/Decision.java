package dev.attache.binder.failure;

import java.time.Duration;

/** What is done with a message after an attempt to handle it. */
public sealed interface Decision {

    /** The message is settled: it is no longer in flight. */
    sealed interface Settlement extends Decision {}

    /** The attempt, or a step of the settlement, failed. */
    sealed interface AfterFailure extends Decision {}

    /** The message was not handled, and is no longer in flight. */
    sealed interface NotHandled extends Settlement, AfterFailure {}

    /** The message stays in flight and is tried again. */
    sealed interface Wait extends AfterFailure {

        /** How long to wait even if the gate is open. */
        Duration pause();

        /** How long the message may stay in flight from now on. */
        Duration atMost();
    }

    /** Delete the message: it was handled. */
    record Acknowledge() implements Settlement {}

    /**
     * Try the message again after a pause. If the gate closes meanwhile, the message waits as with
     * {@link KeepInFlight}.
     */
    record RetryInPlace(Duration pause, Duration atMost) implements Wait {}

    /** Try the message again when the gate opens, or when it is selected to probe. */
    record KeepInFlight(Duration atMost) implements Wait {

        @Override
        public Duration pause() {
            return Duration.ZERO;
        }
    }

    /** Make the message visible again after this time. */
    record Release(Duration after) implements NotHandled {}

    /** Announce the rejection, copy the message to the dead-letter queue, and delete it. */
    record DeadLetter(Failure.Rejected failure, Announcement announcement) implements NotHandled {}

    /** When a rejection is announced. */
    enum Announcement {
        /** Before the copy is written. */
        FIRST,
        /**
         * After the copy is written, because it could not be announced before. The message is deleted after the
         * announcement.
         */
        LATER,
        /** Not at all, because no attempt is left. An attribute of the copy states that. */
        NONE
    }
}
