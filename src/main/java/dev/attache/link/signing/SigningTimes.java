package dev.attache.link.signing;

import java.time.Clock;
import java.time.Instant;

/** The time as a signature has it, which changes once a second. */
final class SigningTimes {

    private final Clock clock;

    private volatile Moment last = moment(0);

    SigningTimes(Clock clock) {
        this.clock = clock;
    }

    Moment now() {
        long second = Math.floorDiv(clock.millis(), 1000L);
        Moment moment = last;
        if (moment.second != second) {
            moment = moment(second);
            last = moment;
        }
        return moment;
    }

    private static Moment moment(long second) {
        String timestamp = SignedQuery.TIMESTAMP.format(Instant.ofEpochSecond(second));
        return new Moment(second, timestamp, timestamp.substring(0, "yyyyMMdd".length()));
    }

    /**
     * @param timestamp {@code X-Amz-Date}
     * @param day its first eight digits
     */
    record Moment(long second, String timestamp, String day) {}
}
