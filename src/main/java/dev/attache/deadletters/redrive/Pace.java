package dev.attache.deadletters.redrive;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** How fast a replay sends. Thread-safe. */
final class Pace {

    /** So that less than one letter in a second is possible. */
    private static final int PERIOD_SECONDS = 1_000;

    private final Bucket bucket;

    private final int batch;

    Pace(double perSecond, TimeMeter time) {
        this.batch = (int) Math.clamp(perSecond, 1, ConsoleQueues.BATCH);
        long refill = Math.max(1, Math.round(perSecond * PERIOD_SECONDS));
        this.bucket = Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(limit -> limit.capacity(batch).refillGreedy(refill, Duration.ofSeconds(PERIOD_SECONDS)))
                .build();
    }

    /** How many letters to send at once. */
    int batch() {
        return batch;
    }

    /** Takes the turn of some letters. Returns how long to wait until it comes. */
    Duration reserve(int letters) {
        return Duration.ofNanos(bucket.consumeIgnoringRateLimits(letters));
    }
}
