package dev.attache.delivery.relay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How many mails a second the relay is given. The rate halves when a tenth of the last mails were deferred, once a
 * second at most, and rises slowly with each one that is taken. Until that happens for the first time there is no limit
 * but the configured one.
 */
final class SendingRate {

    /**
     * A second, below which the rate does not fall: a relay that takes nothing is found out by the mails' own pauses.
     */
    static final double LEAST = 1;

    /** The last different mails that are looked at. */
    private static final int WINDOW = 50;

    /** So many of them must have been deferred: a tenth. */
    private static final int DEFERRED_AT_LEAST = 5;

    /** By so much the rate rises with each mail that is taken: by a twentieth in each second that it is used up. */
    private static final double RISE = 0.05;

    /** Once the rate has risen beyond this, it is no limit any more. */
    private static final double UNLIMITED = 1_000;

    private static final double NANOS = 1e9;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final double most;

    private final LongSupplier nanoTime;

    /** Mails a second. This and what follows is guarded by this. */
    private double rate;

    /** When the next mail may be sent. */
    private long next;

    private long lastHalved;

    private long lastReported;

    /** Whether each of the last different mails was deferred, by delivery id. */
    private final Map<String, Boolean> deferred = new LinkedHashMap<>();

    /** When mails of the last second began. */
    private final Deque<Long> begun = new ArrayDeque<>();

    /** @param most a second; {@link Double#POSITIVE_INFINITY} for no limit */
    SendingRate(double most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
        this.rate = most;
        this.next = nanoTime.getAsLong();
        this.lastHalved = next - SECOND;
        this.lastReported = next - MINUTE;
    }

    /**
     * Takes the next place in the line.
     *
     * @return how long to wait for it; empty when that is longer than {@code patience}, and no place is taken
     */
    synchronized Optional<Duration> reserve(Duration patience) {
        long now = nanoTime.getAsLong();
        long at = Double.isInfinite(rate) ? now : Math.max(now, next);
        if (at - now > patience.toNanos()) {
            return Optional.empty();
        }
        next = Double.isInfinite(rate) ? now : at + (long) (NANOS / rate);
        begun.addLast(at);
        forgetBegun(now);
        return Optional.of(Duration.ofNanos(at - now));
    }

    private void forgetBegun(long now) {
        while (!begun.isEmpty() && now - begun.getFirst() > SECOND) {
            begun.removeFirst();
        }
    }

    synchronized void taken(String deliveryId) {
        remember(deliveryId, false);
        if (rate < most) {
            rate += RISE;
            rate = rate > UNLIMITED ? most : Math.min(rate, most);
        }
    }

    /** @return whether the rate was halved, and that was not said within the last minute */
    synchronized boolean deferred(String deliveryId) {
        remember(deliveryId, true);
        long now = nanoTime.getAsLong();
        if (now - lastHalved < SECOND
                || deferred.values().stream().filter(Boolean::booleanValue).count() < DEFERRED_AT_LEAST) {
            return false;
        }
        lastHalved = now;
        forgetBegun(now);
        double current = Double.isInfinite(rate) ? begun.size() : rate;
        rate = Math.max(LEAST, current / 2);
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

    /** Mails a second; infinite without a limit. */
    synchronized double perSecond() {
        return rate;
    }
}
