package dev.attache.ledger.objects;

import dev.attache.binder.backoff.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits before another attempt, so that workers whose writes collided do not collide again. */
@FunctionalInterface
public interface Pause {

    void beforeTry(int attempt);

    /**
     * Exponential backoff with full jitter.
     *
     * @param first the upper bound of the first pause
     */
    static Pause jittered(Duration first, RandomGenerator random) {
        Backoff backoff = new Backoff(first, first.multipliedBy(1024));
        return attempt -> {
            try {
                Thread.sleep(backoff.jittered(attempt, random.nextDouble()).plusMillis(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LedgerContentionException("Interrupted between two attempts");
            }
        };
    }
}
