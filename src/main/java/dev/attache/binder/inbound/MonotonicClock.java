package dev.attache.binder.inbound;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A clock to measure durations, such as how long a message has been in flight. It starts with the time of another clock
 * and then uses {@link System#nanoTime()}: it does not jump when the system's time is corrected.
 */
public final class MonotonicClock extends Clock {

    private final Instant begin;

    private final long beginNanos;

    private final LongSupplier nanos;

    private final ZoneId zone;

    private MonotonicClock(Instant begin, long beginNanos, LongSupplier nanos, ZoneId zone) {
        this.begin = begin;
        this.beginNanos = beginNanos;
        this.nanos = nanos;
        this.zone = zone;
    }

    public static MonotonicClock from(Clock clock) {
        return from(clock, System::nanoTime);
    }

    public static MonotonicClock from(Clock clock, LongSupplier nanos) {
        return new MonotonicClock(clock.instant(), nanos.getAsLong(), nanos, ZoneOffset.UTC);
    }

    @Override
    public Instant instant() {
        return begin.plus(Duration.ofNanos(nanos.getAsLong() - beginNanos));
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new MonotonicClock(begin, beginNanos, nanos, other);
    }
}
