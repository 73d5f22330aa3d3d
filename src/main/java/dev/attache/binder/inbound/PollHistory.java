package dev.attache.binder.inbound;

import dev.attache.binder.failure.AwsErrorKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the receives of an input began, succeeded and failed. Logs the first failure, and the success after failures.
 */
final class PollHistory {

    private static final Logger log = LoggerFactory.getLogger(PollHistory.class);

    private final String queue;

    private final Clock clock;

    /** {@code this} guards the fields below. */
    private @Nullable Instant last;

    private @Nullable Instant failSince;

    private @Nullable String failure;

    private int receives;

    private @Nullable Instant unansweredSince;

    /** Whether the last poll had to wait: for the gate, for memory, or because the input is paused. */
    private boolean heldBack;

    /** When the last receive began or ended, or the input started. */
    private Instant changed;

    /**
     * The history at one moment.
     *
     * @param last when a receive last succeeded
     * @param failSince when the first of the receives that failed in a row failed
     * @param failure the last failure, for operators
     * @param receives the receives in flight
     * @param unansweredSince since when receives are in flight, fail or do not begin, without one that succeeded; null
     *     if the last poll had to wait
     */
    record State(
            @Nullable Instant last,
            @Nullable Instant failSince,
            @Nullable String failure,
            int receives,
            @Nullable Instant unansweredSince) {}

    PollHistory(String queue, Clock clock) {
        this.queue = queue;
        this.clock = clock;
        this.changed = clock.instant();
    }

    /** @param idle whether no message is in flight, so that nothing keeps the input from receiving */
    synchronized State state(boolean idle) {
        Instant unanswered = unansweredSince == null && idle && !heldBack ? changed : unansweredSince;
        return new State(last, failSince, failure, receives, unanswered);
    }

    synchronized void started() {
        receives = 0;
        unansweredSince = null;
        heldBack = false;
        changed = clock.instant();
    }

    /** A poll has to wait before it may receive. */
    synchronized void heldBack() {
        heldBack = true;
        if (receives == 0) {
            unansweredSince = null;
        }
    }

    synchronized void began() {
        heldBack = false;
        receives++;
        changed = clock.instant();
        if (unansweredSince == null) {
            unansweredSince = changed;
        }
    }

    /** The receive has ended, with an answer, an error or because it was cancelled. */
    synchronized void ended() {
        receives--;
        changed = clock.instant();
    }

    synchronized void succeeded() {
        Instant now = clock.instant();
        last = now;
        unansweredSince = receives > 0 ? now : null;
        failure = null;
        if (failSince != null) {
            log.info(
                    "Messages are received from {} again, after {} s",
                    queue,
                    Duration.between(failSince, now).toSeconds());
            failSince = null;
        }
    }

    /** @param cause in one line */
    synchronized void failed(Throwable error, String cause) {
        failure = describe(error, cause);
        if (failSince == null) {
            failSince = clock.instant();
            log.warn(
                    "Nothing can be received from {}; receives are retried every few seconds. Cause: {}", queue, cause);
        }
    }

    private static String describe(Throwable error, String cause) {
        return switch (AwsErrorKind.of(AwsErrorKind.callError(error))) {
            case RESOURCE -> "the queue does not exist: " + cause;
            case CREDENTIALS -> "AWS does not accept the credentials: " + cause;
            case PERMISSION -> "receiving is not allowed: " + cause;
            case KEY -> "the KMS key of the queue cannot be used: " + cause;
            case SERVICE, REQUEST -> cause;
        };
    }
}
