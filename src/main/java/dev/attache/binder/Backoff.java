package dev.attache.binder;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before another attempt: exponential with full jitter (AWS Architecture Blog, "Exponential Backoff And
 * Jitter").
 *
 * @param initial the upper bound after the first attempt
 * @param most    the upper bound after any attempt; SQS takes twelve hours at most
 */
record Backoff(Duration initial, Duration most, RandomGenerator random) {

    /** A pause after this many attempts, in whole seconds, at least one: zero would be an immediate retry. */
    Duration after(int attempts) {
        double bound = initial.toSeconds() * Math.pow(2, Math.min(attempts - 1, 30));
        long seconds = (long) Math.min(bound, most.toSeconds());
        return Duration.ofSeconds(1 + random.nextLong(Math.max(1, seconds)));
    }
}
