package dev.attache.gateway;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits the rate of each client's requests with a token bucket. The clients seen last are remembered; one that is
 * forgotten may begin anew, so that invented addresses cost memory for so many clients at most.
 */
final class ClientRates {

    private final int perMinute;

    private final int clients;

    private final TimeMeter time;

    /** In the order of access; guarded by itself. */
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param perMinute how many requests a client may send in a minute, and at once
     * @param clients how many clients are remembered
     * @param nanoTime a time that only goes forward, from any beginning ({@link System#nanoTime}): the worker's clock
     *     is corrected by S3's
     */
    ClientRates(int perMinute, int clients, LongSupplier nanoTime) {
        this.perMinute = perMinute;
        this.clients = clients;
        // The buckets compare times, and nanoTime may overflow.
        long begun = nanoTime.getAsLong();
        this.time = new TimeMeter() {

            @Override
            public long currentTimeNanos() {
                return nanoTime.getAsLong() - begun;
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
    }

    /** Takes one request of this client: zero when it may go on, otherwise how long it has to wait. */
    Duration take(String client) {
        return Duration.ofNanos(bucket(client).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
    }

    private Bucket bucket(String client) {
        synchronized (buckets) {
            Bucket bucket = buckets.computeIfAbsent(
                    client,
                    unknown -> Bucket.builder()
                            .withCustomTimePrecision(time)
                            .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                            .build());
            if (buckets.size() > clients) {
                buckets.remove(buckets.keySet().iterator().next());
            }
            return bucket;
        }
    }

    /** How many clients are remembered. */
    int size() {
        synchronized (buckets) {
            return buckets.size();
        }
    }
}
