package dev.attache.ledger;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits before another try, so that those who collided do not collide again. */
@FunctionalInterface
interface Pause {

    void beforeTry(int attempt);

    /** Exponential with full jitter: up to {@code first}, then up to twice that, and so on. */
    static Pause jittered(Duration first, RandomGenerator random) {
        return attempt -> {
            long most = first.toMillis() << Math.min(attempt - 1, 10);
            try {
                Thread.sleep(random.nextLong(most) + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LedgerContentionException("Interrupted between two tries");
            }
        };
    }
}
