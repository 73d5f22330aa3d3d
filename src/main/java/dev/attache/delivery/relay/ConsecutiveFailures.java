package dev.attache.delivery.relay;

import java.util.HashSet;
import java.util.Set;

/**
 * Counts the different mails that failed since the last success. If many different mails fail in a row, the cause is
 * not in the mails.
 */
final class ConsecutiveFailures {

    /** The number of different mails. */
    static final int THRESHOLD = 20;

    private final Set<String> failed = new HashSet<>();

    /** @return whether the threshold is reached; if so, counting starts again */
    synchronized boolean add(String deliveryId) {
        failed.add(deliveryId);
        if (failed.size() < THRESHOLD) {
            return false;
        }
        failed.clear();
        return true;
    }

    synchronized void reset() {
        failed.clear();
    }
}
