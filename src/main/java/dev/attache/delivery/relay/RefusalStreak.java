package dev.attache.delivery.relay;

import java.util.HashSet;
import java.util.Set;

/**
 * Counts mails that were refused one after the other, while none was taken. When many different ones are, it is not their fault:
 * the relay has blocked our sender.
 */
final class RefusalStreak {

    /** So many different mails in a row. */
    static final int BLOCKED = 20;

    private final Set<String> refused = new HashSet<>();

    /** A mail was refused for good, for another reason than its address. */
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
