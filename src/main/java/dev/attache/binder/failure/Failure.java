package dev.attache.binder.failure;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a message was not handled. {@link FailureDecisions} has an answer for each kind. */
public sealed interface Failure {

    /** What operators read, in logs as well: never a payload, a signed URL or a person's address. */
    String reason();

    /**
     * The message can never succeed: it goes to the dead-letter queue at once.
     *
     * @param code a short constant for the kind of error
     * @param confidential what the dead letter and the announcement say in place of the reason; absent where the reason
     *     may be read by anybody. It is not logged: it may name a person
     */
    record Rejected(String code, String reason, @Nullable String confidential) implements Failure {

        public Rejected(String code, String reason) {
            this(code, reason, null);
        }

        /** The confidential text where there is one, otherwise the reason. */
        public String fullReason() {
            return confidential == null ? reason : confidential;
        }

        /** Without the confidential text. */
        @Override
        public String toString() {
            return "Rejected[code=" + code + ", reason=" + reason + "]";
        }
    }

    /**
     * The same message may succeed later.
     *
     * @param exhausted what it is rejected with after the last attempt
     * @param attempts how often it is worth receiving, where that is less often than the queue permits
     * @param retry when the next attempt is due
     */
    record Transient(String reason, Rejected exhausted, int attempts, Retry retry) implements Failure {

        /** Released, and retried after the input's backoff. */
        public static Transient later(String reason) {
            return of(reason, new Retry.Backoff());
        }

        /** Released; the first attempts come after the input's backoff, later ones after this time. */
        public static Transient after(String reason, Duration time) {
            return of(reason, new Retry.After(time));
        }

        /** A service did not answer: retried in place, and then after the input's backoff. */
        public static Transient inPlace(String reason) {
            return inPlace(reason, new Retry.Backoff());
        }

        /** A service did not answer: retried in place, and then in another way. */
        public static Transient inPlace(String reason, Retry afterwards) {
            return of(reason, new Retry.InPlace(afterwards));
        }

        /** The same with a code of its own for when no attempt is left. */
        public Transient exhaustedWith(String code, int attempts) {
            return new Transient(reason, new Rejected(code, reason), attempts, retry);
        }

        private static Transient of(String reason, Retry retry) {
            return new Transient(reason, new Rejected(RETRIES_EXHAUSTED, reason), Integer.MAX_VALUE, retry);
        }
    }

    /**
     * A service is known to be down, and was not even called; or it refuses whatever this worker asks. Nothing is wrong
     * with the message, which stays in flight.
     */
    record Down(String reason) implements Failure {}

    /**
     * Anything else, most likely a defect of the application: retried after the input's backoff, and logged with its
     * stack trace.
     */
    record Bug(String reason) implements Failure {}

    /** When a transient failure is retried. */
    sealed interface Retry {

        /**
         * At once, while the message stays in flight: a service did not answer.
         *
         * @param afterwards what follows when that was in vain although the service is not known to be down
         */
        record InPlace(Retry afterwards) implements Retry {}

        /** After the input's exponential backoff. */
        record Backoff() implements Retry {}

        /** After this time, when the obstacle is gone for certain; the first few attempts come sooner. */
        record After(Duration time) implements Retry {}

        /**
         * After pauses of its own.
         *
         * @param pauses the pause after the first receive, the second, and so on; the last one repeats
         * @param jitter by how much of itself a pause varies either way, such as 0.2
         */
        record Schedule(List<Duration> pauses, double jitter) implements Retry {}
    }

    /** The code of a message that was never wrong, but that no permitted attempt could handle. */
    String RETRIES_EXHAUSTED = "RETRIES_EXHAUSTED";
}
