package dev.attache.gateway.download;

import dev.attache.gateway.ClientRateLimiter;
import dev.attache.ledger.downloads.DeliveryKey;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Limits what is done with one link. Each client has a rate of its own for each link, and all clients of a link share
 * another rate beyond that. So many clients together gain little, but none can use up what the recipient needs.
 */
final class TokenLimits {

    private final ClientRateLimiter own;

    private final ClientRateLimiter shared;

    /**
     * @param own actions per minute, link and client
     * @param shared further actions per minute and link
     * @param kept the number of rates to keep
     * @param nanoTime a monotonic time with any origin
     */
    TokenLimits(int own, int shared, int kept, LongSupplier nanoTime) {
        this.own = new ClientRateLimiter(own, kept, nanoTime);
        this.shared = new ClientRateLimiter(shared, kept, nanoTime);
    }

    /** @return zero if the action is permitted, otherwise the time until it may be */
    Duration tryAcquire(DeliveryKey key, String client) {
        Duration wait = own.tryAcquire(key.path() + " " + client);
        if (wait.isZero()) {
            return wait;
        }
        Duration other = shared.tryAcquire(key.path());
        return wait.compareTo(other) < 0 ? wait : other;
    }
}
