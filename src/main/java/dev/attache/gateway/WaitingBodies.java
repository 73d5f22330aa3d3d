package dev.attache.gateway;

import java.util.HashMap;
import java.util.Map;

/**
 * Bounds how many requests wait for their bodies at once, in all and of one client: who sends slowly must not keep
 * others from sending.
 */
final class WaitingBodies {

    private final int inAll;

    private final int ofOneClient;

    /** How many requests of each client wait; guarded by itself. */
    private final Map<String, Integer> waiting = new HashMap<>();

    private int sum;

    WaitingBodies(int inAll, int ofOneClient) {
        this.inAll = inAll;
        this.ofOneClient = ofOneClient;
    }

    /** Whether one more request of this client may wait; if so, {@link #end} must be called when it waits no longer. */
    boolean begin(String client) {
        synchronized (waiting) {
            if (sum == inAll || waiting.getOrDefault(client, 0) == ofOneClient) {
                return false;
            }
            sum++;
            waiting.merge(client, 1, Integer::sum);
            return true;
        }
    }

    void end(String client) {
        synchronized (waiting) {
            sum--;
            waiting.computeIfPresent(client, (name, count) -> count == 1 ? null : count - 1);
        }
    }
}
