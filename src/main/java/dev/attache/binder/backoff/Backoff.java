package dev.attache.binder.backoff;

import java.time.Duration;

/**
 * Exponential backoff: each pause is twice as long as the one before, up to a maximum.
 *
 * @param first the first pause
 * @param longest the longest pause
 */
public record Backoff(Duration first, Duration longest) {

    /** Keeps the product below the limit of a duration. */
    private static final int MAX_DOUBLINGS = 30;

    /**
     * Returns the pause after an attempt.
     *
     * @param attempt the number of the attempt that failed, beginning with 1
     */
    public Duration pause(int attempt) {
        int doublings = Math.min(Math.max(attempt, 1) - 1, MAX_DOUBLINGS);
        Duration pause = first.multipliedBy(1L << doublings);
        return pause.compareTo(longest) < 0 ? pause : longest;
    }

    /**
     * Returns the pause after an attempt with full jitter: a random fraction of it, so that clients that failed
     * together do not retry together (AWS Architecture Blog, "Exponential Backoff And Jitter").
     *
     * @param attempt the number of the attempt that failed, beginning with 1
     * @param random a random number from 0 to 1, exclusive
     */
    public Duration jittered(int attempt, double random) {
        return Duration.ofMillis((long) (random * pause(attempt).toMillis()));
    }
}
