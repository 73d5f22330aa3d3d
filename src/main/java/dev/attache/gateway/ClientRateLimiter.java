package dev.attache.gateway;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits each client's request rate with a token bucket. It keeps the buckets of the most recent clients only, so that
 * invented addresses cannot fill the memory. A client whose bucket was dropped starts with a full one.
 */
public final class ClientRateLimiter {

    private final int perMinute;

    private final int clients;

    private final TimeMeter time;

    /** In order of access. Guarded by the map's own lock. */
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param perMinute requests per minute and client; also the burst size
     * @param clients the number of buckets to keep
     * @param nanoTime a monotonic time with any origin ({@link System#nanoTime}), because the application's clock is
     *     adjusted to the clock of S3
     */
    public ClientRateLimiter(int perMinute, int clients, LongSupplier nanoTime) {
        this.perMinute = perMinute;
        this.clients = clients;
        // The buckets compare absolute times, and nanoTime may overflow.
        long start = nanoTime.getAsLong();
        this.time = new TimeMeter() {

            @Override
            public long currentTimeNanos() {
                return nanoTime.getAsLong() - start;
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
    }

    /** @return zero if the request is permitted, otherwise the time until the next permit */
    public Duration tryAcquire(String client) {
        return Duration.ofNanos(bucket(client).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
    }

    private Bucket bucket(String client) {
        synchronized (buckets) {
            Bucket bucket = buckets.computeIfAbsent(
                    client,
                    missing -> Bucket.builder()
                            .withCustomTimePrecision(time)
                            .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                            .build());
            if (buckets.size() > clients) {
                buckets.remove(buckets.keySet().iterator().next());
            }
            return bucket;
        }
    }
}
