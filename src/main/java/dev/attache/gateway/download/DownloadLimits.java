package dev.attache.gateway.download;

import dev.attache.ledger.downloads.DeliveryKey;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The limits of each link, apart from those of each client on all pages. */
final class DownloadLimits {

    private final TokenLimits presses;
    private final TokenLimits addresses;
    private final TokenLimits renewals;

    /**
     * @param kept the number of rates to keep of each kind
     * @param nanoTime a monotonic time with any origin
     */
    DownloadLimits(int kept, LongSupplier nanoTime) {
        this.presses = new TokenLimits(60, 120, kept, nanoTime);
        // Each address is counted by a write to S3. DownloadUsage limits how many are compared at all.
        this.addresses = new TokenLimits(5, 10, kept, nanoTime);
        this.renewals = new TokenLimits(3, 10, kept, nanoTime);
    }

    /** @return zero if a button may be pressed, otherwise the time to wait */
    Duration press(DeliveryKey key, String client) {
        return presses.tryAcquire(key, client);
    }

    /**
     * @param address the typed address; null if none was typed
     * @return zero if the address may be compared, otherwise the time to wait
     */
    Duration address(@Nullable String address, DeliveryKey key, String client) {
        return address == null ? Duration.ZERO : addresses.tryAcquire(key, client);
    }

    /** @return zero if a new link may be asked for, otherwise the time to wait */
    Duration renewal(DeliveryKey key, String client) {
        return renewals.tryAcquire(key, client);
    }
}
