package dev.attache.delivery.relay;

import java.util.HashSet;
import java.util.Set;

/**
 * Counts mails that were refused one after the other, or got no answer, while none was taken. When many different ones
 * are, it is not their fault.
 */
final class RefusalStreak {

    /** So many different mails in a row. */
    static final int BLOCKED = 20;

    private final Set<String> refused = new HashSet<>();

    /** @return whether there are as many now */
    synchronized boolean refused(String deliveryId) {
        refused.add(deliveryId);
        if (refused.size() < BLOCKED) {
            return false;
        }
        refused.clear();
        return true;
    }

    synchronized void taken() {
        refused.clear();
    }
}
