package dev.attache.binder.failure;

import dev.attache.binder.failure.Decision.AfterFailure;
import dev.attache.binder.failure.Decision.Announcement;
import dev.attache.binder.failure.Decision.DeadLetter;
import dev.attache.binder.failure.Decision.KeepInFlight;
import dev.attache.binder.failure.Decision.NotHandled;
import dev.attache.binder.failure.Decision.Release;
import dev.attache.binder.failure.Decision.RetryInPlace;
import dev.attache.binder.failure.Decision.Wait;
import dev.attache.binder.gate.Gate;
import dev.attache.binder.settings.SqsConsumerProperties;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is done with a message after an attempt to handle it, or after a step of its settlement has failed. A
 * pure function of the failure, the attempt and the gate's state.
 *
 * @param triesInPlace how often a message is retried in place when a service did not answer
 */
public record FailureDecisions(int triesInPlace, RetryPauses pauses) {

    public static FailureDecisions of(SqsConsumerProperties properties) {
        return new FailureDecisions(properties.getTriesInPlace(), RetryPauses.of(properties));
    }

    /** @param failure null if the attempt succeeded */
    public Decision decide(@Nullable Failure failure, Attempt attempt, Gate.State gate, boolean stopping) {
        return failure == null ? new Decision.Acknowledge() : afterFailure(failure, attempt, gate, stopping);
    }

    private AfterFailure afterFailure(Failure failure, Attempt attempt, Gate.State gate, boolean stopping) {
        return switch (failure) {
            case Failure.Rejected rejected -> new DeadLetter(rejected, Announcement.FIRST);
            case Failure.Down down -> whileDown(down.reason(), attempt, gate, stopping);
            case Failure.Transient unanswered
            when unanswered.isUnanswered() -> unanswered(unanswered, attempt, gate, stopping);
            case Failure.Transient temporary -> retry(temporary, attempt);
            case Failure.Unexpected unexpected -> retry(Failure.Transient.withBackoff(unexpected.reason()), attempt);
        };
    }

    /**
     * Decides what is done when a rejection could not be announced because of this failure. After some tries in place
     * the dead letter is written without waiting for the announcement, and the message stays in flight until the
     * rejection has been announced.
     *
     * @param copied whether the dead letter has been written
     */
    public AfterFailure ifNotAnnounced(
            Failure.Rejected rejected,
            boolean copied,
            Failure failure,
            Attempt attempt,
            Gate.State gate,
            boolean stopping) {
        boolean unanswered = isUnanswered(failure);
        boolean triesLeft = attempt.failedInPlace() <= triesInPlace;
        if (!copied) {
            return unanswered && triesLeft && gate == Gate.State.OPEN && !stopping
                    ? new RetryInPlace(pauses.inPlace(attempt), pauses.leftInFlight(attempt))
                    : new DeadLetter(rejected, Announcement.LATER);
        }
        Duration left = RetryPauses.leftByLimit(attempt);
        if (stopping || !left.isPositive()) {
            return releaseUnlessLast(rejected, attempt);
        }
        if (!unanswered && !(failure instanceof Failure.Down)) {
            // This announcement itself is refused: waiting does not help.
            return triesLeft
                    ? new RetryInPlace(pauses.inPlace(attempt), left)
                    : new DeadLetter(rejected, Announcement.NONE);
        }
        return waitFor(gate, attempt, left);
    }

    /**
     * Decides what is done when a dead letter could not be written, or its message could not be deleted, because of
     * this failure.
     */
    public AfterFailure ifNotMoved(
            Failure.Rejected rejected, Failure failure, Attempt attempt, Gate.State gate, boolean stopping) {
        // Regardless of the number of tries: if a service does not answer, the message is not the cause.
        AfterFailure decision = isUnanswered(failure)
                ? whileDown(failure.reason(), attempt, gate, stopping)
                : afterFailure(failure, attempt, gate, stopping);
        return decision instanceof Wait ? decision : releaseUnlessLast(rejected, attempt);
    }

    private NotHandled releaseUnlessLast(Failure.Rejected rejected, Attempt attempt) {
        return attempt.isLastReceive()
                ? new DeadLetter(rejected, Announcement.NONE)
                : new Release(pauses.released(attempt));
    }

    /**
     * Decides what is done when a message was handled and could not be deleted. It stays in flight as long as the
     * deletion can still succeed: a message that is received again is handled again, and SQS moves it to the
     * dead-letter queue without a reason after its last receive.
     *
     * @return empty if the deletion itself is refused, or the time is over
     */
    public Optional<RetryInPlace> ifNotDeleted(Failure failure, Attempt attempt, boolean stopping) {
        boolean mayPass = failure instanceof Failure.Down || isUnanswered(failure);
        Duration left = RetryPauses.leftByLimit(attempt);
        return mayPass && !stopping && left.isPositive()
                ? Optional.of(new RetryInPlace(pauses.inPlace(attempt), left))
                : Optional.empty();
    }

    /** Decides what is done with a message that is unfinished when the input stops. */
    public NotHandled atStop(String reason, Attempt attempt) {
        return attempt.isLastReceive()
                ? exhausted("The worker stopped during the last permitted receive. " + reason)
                : new Release(Duration.ZERO);
    }

    /** A service did not answer. If the gate is open, the message may be the cause: it is retried a few times only. */
    private AfterFailure unanswered(Failure.Transient failure, Attempt attempt, Gate.State gate, boolean stopping) {
        if (stopping || gate != Gate.State.OPEN) {
            return whileDown(failure.reason(), attempt, gate, stopping);
        }
        if (attempt.failedInPlace() <= triesInPlace) {
            return new RetryInPlace(pauses.inPlace(attempt), pauses.leftInFlight(attempt));
        }
        return retry(failure, attempt);
    }

    private AfterFailure whileDown(String reason, Attempt attempt, Gate.State gate, boolean stopping) {
        if (stopping) {
            return atStop(reason, attempt);
        }
        Duration left = pauses.leftInFlight(attempt);
        if (left.isPositive()) {
            return waitFor(gate, attempt, left);
        }
        return attempt.isLastReceive() ? exhausted(reason) : new Release(pauses.shortest(attempt));
    }

    /**
     * Decides how to wait for a service that is down. The gate can be open nevertheless: the input does not need the
     * service, or the service has just recovered, or it refuses only some calls.
     */
    private Wait waitFor(Gate.State gate, Attempt attempt, Duration atMost) {
        return gate == Gate.State.OPEN ? new RetryInPlace(pauses.inPlace(attempt), atMost) : new KeepInFlight(atMost);
    }

    private static boolean isUnanswered(Failure failure) {
        return failure instanceof Failure.Transient temporary && temporary.isUnanswered();
    }

    private NotHandled retry(Failure.Transient failure, Attempt attempt) {
        if (attempt.receiveCount() >= Math.min(failure.maxReceives(), attempt.maxReceiveCount())) {
            return new DeadLetter(failure.whenExhausted(), Announcement.FIRST);
        }
        return new Release(pauses.released(failure.retry(), attempt));
    }

    private static DeadLetter exhausted(String reason) {
        return new DeadLetter(new Failure.Rejected(Failure.RETRIES_EXHAUSTED, reason), Announcement.FIRST);
    }
}
