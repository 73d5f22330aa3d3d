package dev.attache.binder.failure;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a message was not handled. {@link FailureDecisions} decides what follows from each kind. */
public sealed interface Failure {

    /** The code of a message that still failed for a temporary reason at its last permitted receive. */
    String RETRIES_EXHAUSTED = "RETRIES_EXHAUSTED";

    /**
     * The reason, for operators. It is logged, so it must not contain a payload, a signed URL or a person's address.
     */
    String reason();

    /**
     * The message can never succeed: it is moved to the dead-letter queue at once.
     *
     * @param code a short constant for the kind of error
     * @param confidential replaces the reason in the dead letter and in the announcement, and is not logged: it may
     *     name a person. Null if the reason is enough
     */
    record Rejected(String code, String reason, @Nullable String confidential) implements Failure {

        public Rejected(String code, String reason) {
            this(code, reason, null);
        }

        /** The confidential text if there is one, otherwise the reason. */
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
     * @param whenExhausted the rejection after the last attempt
     * @param maxReceives rejects the message after this many receives, if the queue's redrive policy permits more
     * @param retry when the next attempt is due
     */
    record Transient(String reason, Rejected whenExhausted, int maxReceives, Retry retry) implements Failure {

        /** The message is released, and retried after the input's backoff. */
        public static Transient withBackoff(String reason) {
            return of(reason, new Retry.WithBackoff());
        }

        /** The message is released; the first attempts follow after the input's backoff, later ones after the delay. */
        public static Transient afterDelay(String reason, Duration delay) {
            return of(reason, new Retry.AfterDelay(delay));
        }

        /** A service did not answer: the message is retried in place, and then after the input's backoff. */
        public static Transient inPlace(String reason) {
            return inPlace(reason, new Retry.WithBackoff());
        }

        /** A service did not answer: the message is retried in place, and then as {@code afterwards} states. */
        public static Transient inPlace(String reason, Retry afterwards) {
            return of(reason, new Retry.InPlace(afterwards));
        }

        /** The same failure with another code, and fewer receives, for the rejection after the last attempt. */
        public Transient exhaustedWith(String code, int receives) {
            return new Transient(reason, new Rejected(code, reason), receives, retry);
        }

        /** Whether a service did not answer. */
        boolean isUnanswered() {
            return retry instanceof Retry.InPlace;
        }

        private static Transient of(String reason, Retry retry) {
            return new Transient(reason, new Rejected(RETRIES_EXHAUSTED, reason), Integer.MAX_VALUE, retry);
        }
    }

    /**
     * A service is known to be down and was not called, or it refuses every call of this application. The message is
     * not the cause, and stays in flight.
     */
    record Down(String reason) implements Failure {}

    /**
     * Any other error, probably a defect of the application: the message is retried after the input's backoff, and the
     * stack trace is logged.
     */
    record Unexpected(String reason) implements Failure {}

    /** When a transient failure is retried. */
    sealed interface Retry {

        /**
         * At once, while the message stays in flight: a service did not answer.
         *
         * @param afterwards when the message is retried after the tries in place, if the service is not known to be
         *     down
         */
        record InPlace(Retry afterwards) implements Retry {}

        /** After the input's exponential backoff. */
        record WithBackoff() implements Retry {}

        /**
         * After the delay, when the cause of the failure is certainly gone; the first three attempts follow the
         * backoff.
         */
        record AfterDelay(Duration delay) implements Retry {}

        /**
         * After fixed pauses.
         *
         * @param pauses the pause after the first receive, the second, and so on; the last one repeats
         * @param jitter the fraction by which a pause is varied in both directions, such as 0.2
         */
        record Schedule(List<Duration> pauses, double jitter) implements Retry {}
    }
}
