package dev.attache.ledger.downloads;

import java.util.function.UnaryOperator;

/** How the pages of deliveries were used. Each has an object of its own, which is written at its first use. */
public interface DownloadUses {

    /** Returns {@link DownloadUse#NONE} if nothing is recorded. */
    DownloadUse find(DeliveryKey key);

    /**
     * Changes a record by compare-and-swap: reads it, applies the change, and writes it if no other worker has changed
     * it since; otherwise it repeats all three. The change may be applied several times, also to a record that already
     * contains it; so a use must have an id ({@link DownloadUse#withUse}). If it returns its argument, nothing is
     * written.
     *
     * @return the record with the change
     */
    DownloadUse change(DeliveryKey key, UnaryOperator<DownloadUse> change);
}
