package dev.attache.binder.failure;

import dev.attache.binder.failure.Decision.Announcement;
import dev.attache.binder.failure.Decision.DeadLetter;
import dev.attache.binder.failure.Decision.KeepInFlight;
import dev.attache.binder.failure.Decision.Release;
import dev.attache.binder.failure.Decision.RetryInPlace;
import dev.attache.binder.failure.Failure.Retry;
import dev.attache.binder.gate.Gate;
import dev.attache.binder.message.VisibilityLease;
import dev.attache.binder.settings.SqsConsumerProperties;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is done with a message after an attempt to handle it. A pure function of the failure, the attempt and
 * the gate's state; docs/message-lifecycle.md shows it as a diagram.
 *
 * @param triesInPlace how often a message is retried in place when a service did not answer
 * @param pauseInPlace the pause before the first of these; it doubles with each, up to sixteen times
 * @param backoffInitial the upper bound of the first pause before a later attempt; it doubles with each
 * @param backoffMax the upper bound of any of these pauses
 * @param releaseAfter how long a message of a first receive is kept in flight while a service is down; it doubles with
 *     each receive
 */
public record FailureDecisions(
        int triesInPlace, Duration pauseInPlace, Duration backoffInitial, Duration backoffMax, Duration releaseAfter) {

    /** These receives use the usual backoff even when a later time is certain: the obstacle may go away sooner. */
    private static final int EARLY_RECEIVES = 3;

    /** Before the visibility timeout cannot be extended any more, a message has to be given up. */
    static final Duration LONGEST_HOLD = VisibilityLease.LONGEST.minusMinutes(15);

    public static FailureDecisions of(SqsConsumerProperties properties) {
        return new FailureDecisions(
                properties.getTriesInPlace(),
                properties.getPauseInPlace(),
                properties.getBackoffInitial(),
                properties.getBackoffMax(),
                properties.getReleaseAfter());
    }

    /** @param failure null when the attempt succeeded */
    public Decision decide(@Nullable Failure failure, Attempt attempt, Gate.State gate, boolean stopping) {
        return switch (failure) {
            case null -> new Decision.Acknowledge();
            case Failure.Rejected rejected -> new DeadLetter(rejected, Announcement.FIRST);
            case Failure.Down down -> whileDown(down.reason(), attempt, gate, stopping);
            case Failure.Transient later
            when later.retry() instanceof Retry.InPlace -> unanswered(later, attempt, gate, stopping);
            case Failure.Transient later -> retry(later, attempt);
            case Failure.Bug bug -> retry(Failure.Transient.later(bug.reason()), attempt);
        };
    }

    /**
     * What is done when a rejection could not be announced, because of this failure. When a few tries were in vain the
     * dead letter is written first: nobody but the announcement needs SNS. The message then stays in flight until it is
     * announced.
     *
     * @param copied whether the dead letter has been written
     */
    public Decision ifNotAnnounced(
            Failure.Rejected rejected,
            boolean copied,
            Failure failure,
            Attempt attempt,
            Gate.State gate,
            boolean stopping) {
        boolean unanswered = failure instanceof Failure.Transient later && later.retry() instanceof Retry.InPlace;
        boolean triesLeft = attempt.failedInPlace() <= triesInPlace;
        if (!copied) {
            return unanswered && triesLeft && gate == Gate.State.OPEN && !stopping
                    ? new RetryInPlace(pauseInPlace(attempt), left(attempt))
                    : new DeadLetter(rejected, Announcement.LATER);
        }
        Duration left = LONGEST_HOLD.minus(attempt.heldFor());
        if (stopping || !left.isPositive()) {
            return attempt.isLastReceive()
                    ? new DeadLetter(rejected, Announcement.NONE)
                    : new Release(backoff(attempt.receiveCount(), attempt.jitter()));
        }
        if (!unanswered && !(failure instanceof Failure.Down)) {
            // It is this announcement that is refused, and waiting does not help it.
            return triesLeft
                    ? new RetryInPlace(pauseInPlace(attempt), left)
                    : new DeadLetter(rejected, Announcement.NONE);
        }
        return gate == Gate.State.OPEN ? new RetryInPlace(pauseInPlace(attempt), left) : new KeepInFlight(left);
    }

    /** What is done when a dead letter could not be written, or its message not be deleted, because of this failure. */
    public Decision ifNotMoved(
            Failure.Rejected rejected, Failure failure, Attempt attempt, Gate.State gate, boolean stopping) {
        // A service that does not answer has nothing against this message, however often it was tried.
        Decision decision = failure instanceof Failure.Transient later && later.retry() instanceof Retry.InPlace
                ? whileDown(later.reason(), attempt, gate, stopping)
                : decide(failure, attempt, gate, stopping);
        if (decision instanceof RetryInPlace || decision instanceof KeepInFlight) {
            return decision;
        }
        return attempt.isLastReceive()
                ? new DeadLetter(rejected, Announcement.NONE)
                : new Release(backoff(attempt.receiveCount(), attempt.jitter()));
    }

    /**
     * What is done when a message was handled and could not be deleted. It is kept in flight while that can still
     * succeed: received again, it would be handled again, and end as a dead letter without a reason.
     *
     * @return empty when nothing is left to do: the deletion itself is refused, or the time is over
     */
    public Optional<RetryInPlace> ifNotDeleted(Failure failure, Attempt attempt, boolean stopping) {
        boolean mayPass = failure instanceof Failure.Down
                || (failure instanceof Failure.Transient later && later.retry() instanceof Retry.InPlace);
        Duration left = LONGEST_HOLD.minus(attempt.heldFor());
        return mayPass && !stopping && left.isPositive()
                ? Optional.of(new RetryInPlace(pauseInPlace(attempt), left))
                : Optional.empty();
    }

    /** What happens to a message that is unfinished when the input stops. */
    public Decision atStop(String reason, Attempt attempt) {
        return attempt.isLastReceive()
                ? exhausted("The worker stopped during the last permitted receive. " + reason)
                : new Release(Duration.ZERO);
    }

    /**
     * A service did not answer. While the gate is open that may be this message's own doing, and ends after some tries.
     */
    private Decision unanswered(Failure.Transient failure, Attempt attempt, Gate.State gate, boolean stopping) {
        if (stopping || gate != Gate.State.OPEN) {
            return whileDown(failure.reason(), attempt, gate, stopping);
        }
        if (attempt.failedInPlace() <= triesInPlace) {
            return new RetryInPlace(pauseInPlace(attempt), left(attempt));
        }
        return retry(failure, attempt);
    }

    private Decision whileDown(String reason, Attempt attempt, Gate.State gate, boolean stopping) {
        if (stopping) {
            return atStop(reason, attempt);
        }
        Duration left = left(attempt);
        if (left.isPositive()) {
            // With an open gate the service is not among those that the input needs, or has just come back.
            return gate == Gate.State.OPEN ? new RetryInPlace(pauseInPlace(attempt), left) : new KeepInFlight(left);
        }
        return attempt.isLastReceive() ? exhausted(reason) : new Release(backoff(1, attempt.jitter()));
    }

    /** For how much longer it may be kept in flight while a service is down. */
    private Duration left(Attempt attempt) {
        Duration most = LONGEST_HOLD;
        if (!attempt.isLastReceive()) {
            Duration doubled = releaseAfter.multipliedBy(1L << Math.min(attempt.receiveCount() - 1, 10));
            most = doubled.compareTo(LONGEST_HOLD) < 0 ? doubled : LONGEST_HOLD;
        }
        return most.minus(attempt.heldFor());
    }

    private Decision retry(Failure.Transient failure, Attempt attempt) {
        if (attempt.receiveCount() >= Math.min(failure.attempts(), attempt.maxReceiveCount())) {
            return new DeadLetter(failure.exhausted(), Announcement.FIRST);
        }
        return new Release(pause(failure.retry(), attempt));
    }

    private Duration pause(Retry retry, Attempt attempt) {
        Duration usual = backoff(attempt.receiveCount(), attempt.jitter());
        return switch (retry) {
            case Retry.InPlace inVain -> pause(inVain.afterwards(), attempt);
            case Retry.Backoff backoff -> usual;
            case Retry.After after ->
                attempt.receiveCount() <= EARLY_RECEIVES && usual.compareTo(after.time()) < 0
                        ? usual
                        : atMost(after.time().plusSeconds(1));
            case Retry.Schedule schedule -> scheduled(schedule, attempt);
        };
    }

    private static Duration scheduled(Retry.Schedule schedule, Attempt attempt) {
        Duration pause = schedule.pauses()
                .get(Math.min(attempt.receiveCount(), schedule.pauses().size()) - 1);
        double factor = 1 + schedule.jitter() * (2 * attempt.jitter() - 1);
        return atMost(Duration.ofMillis(Math.max(1000, Math.round(pause.toMillis() * factor))));
    }

    /**
     * Exponential with full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"), in whole seconds, at
     * least one.
     */
    private Duration backoff(int attempts, double jitter) {
        double bound = backoffInitial.toSeconds() * Math.pow(2, Math.min(attempts - 1, 30));
        long seconds = Math.max(1, (long) Math.min(bound, (double) backoffMax.toSeconds()));
        return Duration.ofSeconds(1 + (long) (jitter * seconds));
    }

    private Duration pauseInPlace(Attempt attempt) {
        return pauseInPlace.multipliedBy(1L << Math.min(Math.max(attempt.failedInPlace() - 1, 0), 4));
    }

    /** SQS takes no more than twelve hours from the receipt (Amazon SQS API Reference, "ChangeMessageVisibility"). */
    private static Duration atMost(Duration pause) {
        return pause.compareTo(LONGEST_HOLD) < 0 ? pause : LONGEST_HOLD;
    }

    private static DeadLetter exhausted(String reason) {
        return new DeadLetter(new Failure.Rejected(Failure.RETRIES_EXHAUSTED, reason), Announcement.FIRST);
    }
}
