package dev.attache.binder;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Why a message was not handled. Each kind has one answer. */
public sealed interface Failure {

    /** What an operator reads. Never a payload, never a signed URL. */
    String reason();

    /**
     * The message can never succeed: it goes to the dead-letter queue at once.
     *
     * @param code a short constant that says what kind of wrong it is
     */
    record Rejected(String code, String reason) implements Failure {
    }

    /**
     * The same message may succeed later: it becomes visible again after a pause.
     *
     * @param codeAtLast what to reject it with after the last attempt; absent for {@value #RETRIES_EXHAUSTED}
     * @param attempts   how often it is worth trying, where that is less often than the queue permits
     * @param soon       whether it is worth trying again at once, in place: a service that it needs did not answer
     * @param surelyAfter after how long another try is worth it at the latest, where that is known; the first tries come sooner
     */
    record Transient(String reason, @Nullable String codeAtLast, int attempts, boolean soon, @Nullable Duration surelyAfter)
            implements Failure {

        /** Worth another try later. */
        public static Transient later(String reason) {
            return new Transient(reason, null, Integer.MAX_VALUE, false, null);
        }

        /** Worth another try after this time, and perhaps sooner. */
        public static Transient after(String reason, Duration time) {
            return new Transient(reason, null, Integer.MAX_VALUE, false, time);
        }

        /** Worth another try at once. */
        public static Transient soon(String reason) {
            return new Transient(reason, null, Integer.MAX_VALUE, true, null);
        }
    }

    /**
     * A service that the message needs is known to be down. Nothing is wrong with the message: one stays in hand and is tried
     * again in place, the others go back, and nothing more is received until the service is up again.
     */
    record Down(String reason) implements Failure {
    }

    /** Anything else: a bug of ours. Answered as {@link Transient}, and logged with its stack trace. */
    record Bug(String reason) implements Failure {
    }

    /** The code of a message that was never wrong, but that no permitted attempt could handle. */
    String RETRIES_EXHAUSTED = "RETRIES_EXHAUSTED";
}
