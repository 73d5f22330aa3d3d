package dev.attache.binder.failure;

import dev.attache.binder.backoff.Backoff;
import dev.attache.binder.failure.Failure.Retry;
import dev.attache.binder.message.VisibilityLease;
import dev.attache.binder.settings.SqsConsumerProperties;
import java.time.Duration;

/**
 * How long a message waits until its next attempt.
 *
 * @param inPlace between attempts while the message stays in flight
 * @param released the time for which a message is released, with full jitter
 * @param inFlight how long a message may stay in flight while a service is down, by its receive count
 */
public record RetryPauses(Backoff inPlace, Backoff released, Backoff inFlight) {

    /** The first receives use the backoff although the failure states a longer delay: its cause may be gone sooner. */
    private static final int EARLY_RECEIVES = 3;

    /** The longest pause between attempts in place is this many times the first one: the pauses double four times. */
    private static final int IN_PLACE_FACTOR = 16;

    /** A message is released 15 minutes before its visibility timeout reaches the limit of SQS. */
    static final Duration LONGEST_IN_FLIGHT = VisibilityLease.LONGEST.minusMinutes(15);

    static RetryPauses of(SqsConsumerProperties properties) {
        return new RetryPauses(
                new Backoff(
                        properties.getPauseInPlace(),
                        properties.getPauseInPlace().multipliedBy(IN_PLACE_FACTOR)),
                new Backoff(properties.getBackoffInitial(), properties.getBackoffMax()),
                new Backoff(properties.getReleaseAfter(), LONGEST_IN_FLIGHT));
    }

    /** The pause before the next attempt in place. */
    Duration inPlace(Attempt attempt) {
        return inPlace.pause(attempt.failedInPlace());
    }

    /** How much longer the message may stay in flight while a service is down; zero or less if its time is over. */
    Duration leftInFlight(Attempt attempt) {
        Duration longest = attempt.isLastReceive() ? LONGEST_IN_FLIGHT : inFlight.pause(attempt.receiveCount());
        return longest.minus(attempt.inFlightFor());
    }

    /** How much longer SQS permits the message to stay in flight; zero or less if its time is over. */
    static Duration leftByLimit(Attempt attempt) {
        return LONGEST_IN_FLIGHT.minus(attempt.inFlightFor());
    }

    /** The shortest time for which a message is released. */
    Duration shortest(Attempt attempt) {
        return backoff(1, attempt);
    }

    /** The time for which a message is released after its failure, at least one second. */
    Duration released(Attempt attempt) {
        return backoff(attempt.receiveCount(), attempt);
    }

    /** The time for which a message is released when its failure states how it is retried. */
    Duration released(Retry retry, Attempt attempt) {
        return switch (retry) {
            case Retry.InPlace failed -> released(failed.afterwards(), attempt);
            case Retry.WithBackoff backoff -> released(attempt);
            case Retry.AfterDelay fixed -> delayed(fixed.delay(), attempt);
            case Retry.Schedule schedule -> scheduled(schedule, attempt);
        };
    }

    private Duration delayed(Duration delay, Attempt attempt) {
        Duration usual = released(attempt);
        boolean early = attempt.receiveCount() <= EARLY_RECEIVES && usual.compareTo(delay) < 0;
        return early ? usual : bounded(delay.plusSeconds(1));
    }

    private static Duration scheduled(Retry.Schedule schedule, Attempt attempt) {
        Duration pause = schedule.pauses()
                .get(Math.min(attempt.receiveCount(), schedule.pauses().size()) - 1);
        double factor = 1 + schedule.jitter() * (2 * attempt.jitter() - 1);
        return bounded(Duration.ofMillis(Math.max(1000, Math.round(pause.toMillis() * factor))));
    }

    /** SQS takes whole seconds. */
    private Duration backoff(int attempts, Attempt attempt) {
        Duration pause = released.jittered(attempts, attempt.jitter());
        return Duration.ofSeconds(1 + pause.toSeconds());
    }

    private static Duration bounded(Duration pause) {
        return pause.compareTo(LONGEST_IN_FLIGHT) < 0 ? pause : LONGEST_IN_FLIGHT;
    }
}
