package dev.attache.gateway;

import java.util.HashMap;
import java.util.Map;

/**
 * Limits how many requests wait for their bodies at the same time, in total and per client, so that slow senders do not
 * block other clients.
 */
final class BodyReadPermits {

    private final int total;

    private final int perClient;

    /** The permits in use, by client. The lock of this map also guards {@link #inUse}. */
    private final Map<String, Integer> byClient = new HashMap<>();

    private int inUse;

    BodyReadPermits(int total, int perClient) {
        this.total = total;
        this.perClient = perClient;
    }

    /** @return whether a permit was acquired; if so, call {@link #release} when the body has been read */
    boolean tryAcquire(String client) {
        synchronized (byClient) {
            if (inUse == total || byClient.getOrDefault(client, 0) == perClient) {
                return false;
            }
            inUse++;
            byClient.merge(client, 1, Integer::sum);
            return true;
        }
    }

    void release(String client) {
        synchronized (byClient) {
            inUse--;
            byClient.computeIfPresent(client, (name, count) -> count == 1 ? null : count - 1);
        }
    }
}
