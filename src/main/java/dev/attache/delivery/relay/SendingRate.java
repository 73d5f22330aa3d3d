package dev.attache.delivery.relay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * An adaptive rate limit. The rate is halved when five of the last 50 mails were deferred, at most once per second, and
 * rises slowly with each accepted mail. It starts with the configured limit.
 */
final class SendingRate {

    /** Mails per second; the rate never falls below it. If the relay defers all mails, their backoff slows them. */
    static final double MINIMUM = 1;

    /** The number of last different mails that count. */
    private static final int WINDOW = 50;

    /** The number of deferred mails in the window that halves the rate. */
    private static final int MIN_DEFERRED = 5;

    /** The increase per accepted mail. If the rate is fully used, it rises by 5 % per second. */
    private static final double RISE = 0.05;

    /** Mails per second; above it the configured limit applies again. */
    private static final double UNLIMITED = 1_000;

    private static final double NANOS = 1e9;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final double most;

    private final LongSupplier nanoTime;

    /** Mails per second. Guarded by {@code this}, like all following fields. */
    private double rate;

    /** The time of the next permit. */
    private long next;

    private long lastHalved;

    private long lastReported;

    /** Whether each of the last different mails was deferred, by delivery id. */
    private final Map<String, Boolean> deferred = new LinkedHashMap<>();

    /** The times of the permits of the last second. */
    private final Deque<Long> granted = new ArrayDeque<>();

    /**
     * Creates a rate.
     *
     * @param most the most mails per second; {@link Double#POSITIVE_INFINITY} for no limit
     * @param nanoTime a monotonic time with any origin, such as {@link System#nanoTime}
     */
    SendingRate(double most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
        this.rate = most;
        this.next = nanoTime.getAsLong();
        this.lastHalved = next - SECOND;
        this.lastReported = next - MINUTE;
    }

    /**
     * Reserves the next permit.
     *
     * @return how long to wait for it; empty if that is longer than {@code patience}, and no permit is reserved
     */
    synchronized Optional<Duration> reserve(Duration patience) {
        long now = nanoTime.getAsLong();
        long at = Double.isInfinite(rate) ? now : Math.max(now, next);
        if (at - now > patience.toNanos()) {
            return Optional.empty();
        }
        next = Double.isInfinite(rate) ? now : at + (long) (NANOS / rate);
        granted.addLast(at);
        forgetOldPermits(now);
        return Optional.of(Duration.ofNanos(at - now));
    }

    private void forgetOldPermits(long now) {
        while (!granted.isEmpty() && now - granted.getFirst() > SECOND) {
            granted.removeFirst();
        }
    }

    synchronized void accepted(String deliveryId) {
        remember(deliveryId, false);
        if (rate < most) {
            rate += RISE;
            rate = rate > UNLIMITED ? most : Math.min(rate, most);
        }
    }

    /** @return whether the rate was halved, and no halving was reported within the last minute */
    synchronized boolean deferred(String deliveryId) {
        remember(deliveryId, true);
        long now = nanoTime.getAsLong();
        if (now - lastHalved < SECOND
                || deferred.values().stream().filter(Boolean::booleanValue).count() < MIN_DEFERRED) {
            return false;
        }
        lastHalved = now;
        forgetOldPermits(now);
        double current = Double.isInfinite(rate) ? granted.size() : rate;
        rate = Math.max(MINIMUM, current / 2);
        if (now - lastReported < MINUTE) {
            return false;
        }
        lastReported = now;
        return true;
    }

    private void remember(String deliveryId, boolean wasDeferred) {
        deferred.remove(deliveryId);
        deferred.put(deliveryId, wasDeferred);
        if (deferred.size() > WINDOW) {
            deferred.remove(deferred.keySet().iterator().next());
        }
    }

    /** Mails per second; infinite without a limit. */
    synchronized double perSecond() {
        return rate;
    }
}
