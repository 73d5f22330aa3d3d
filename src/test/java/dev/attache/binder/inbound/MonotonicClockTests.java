package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MonotonicClockTests {

    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

    private final AtomicReference<Instant> wallTime = new AtomicReference<>(START);

    private final AtomicLong nanos = new AtomicLong(-5);

    private final InstantSource wall = wallTime::get;

    private final Clock clock = MonotonicClock.from(wall.withZone(ZoneOffset.UTC), nanos::get);

    @Test
    void aCorrectionOfTheTimeDoesNotChangeDurations() {
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        wallTime.set(START.minus(Duration.ofHours(2)));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(3));
        assertThat(clock.withZone(ZoneId.of("Europe/Lisbon")).instant()).isEqualTo(START.plusSeconds(3));
    }
}
