package dev.attache.binder.failure;

import dev.attache.binder.backoff.Backoff;
import java.time.Duration;
import java.util.List;

/** Failures and attempts for the tables of decisions. */
abstract class DecisionsTestBase {

    static final int MOST_RECEIVES = 10;

    static final Duration MINUTE = Duration.ofMinutes(1);

    static final Duration LONGEST = RetryPauses.LONGEST_IN_FLIGHT;

    static final Failure REJECTED = new Failure.Rejected("MALFORMED", "not JSON");

    static final Failure DOWN = new Failure.Down("the breaker is open");

    static final Failure UNANSWERED = Failure.Transient.inPlace("no answer");

    static final Failure LATER = Failure.Transient.withBackoff("busy");

    static final Failure GREYLISTED = new Failure.Transient(
            "greylisted",
            new Failure.Rejected("MAIL_REFUSED", "greylisted"),
            Integer.MAX_VALUE,
            new Failure.Retry.Schedule(List.of(seconds(5), seconds(20), MINUTE), 0.2));

    static final Failure LEASED = Failure.Transient.afterDelay("another worker's lease", seconds(270));

    static final Failure NOT_THERE_YET =
            Failure.Transient.withBackoff("no such object").exhaustedWith("OBJECT_NOT_FOUND", 3);

    static final Failure UNEXPECTED = new Failure.Unexpected("NullPointerException");

    final FailureDecisions decisions = new FailureDecisions(
            3,
            new RetryPauses(
                    new Backoff(Duration.ofMillis(250), seconds(4)),
                    new Backoff(seconds(2), seconds(300)),
                    new Backoff(Duration.ofMinutes(15), LONGEST)));

    static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    /** The middle of all jitter. */
    static Attempt received(int times) {
        return new Attempt(times, MOST_RECEIVES, 1, Duration.ZERO, 0.5);
    }

    static Attempt failedInPlace(int times) {
        return new Attempt(1, MOST_RECEIVES, times, Duration.ZERO, 0.5);
    }

    static Attempt inFlight(int receives, Duration inFlightFor) {
        return new Attempt(receives, MOST_RECEIVES, 1, inFlightFor, 0.5);
    }
}
