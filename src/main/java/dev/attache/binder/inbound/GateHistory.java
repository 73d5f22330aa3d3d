package dev.attache.binder.inbound;

import dev.attache.binder.gate.Gate;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Since when the gate of an input has its state. */
final class GateHistory {

    private final Gate gate;

    private final Clock clock;

    /** {@code this} guards the fields below. */
    private Gate.State state;

    private Instant since;

    private @Nullable Instant closedSince;

    GateHistory(Gate gate, Clock clock) {
        this.gate = gate;
        this.clock = clock;
        this.state = gate.state();
        this.since = clock.instant();
        this.closedSince = state == Gate.State.OPEN ? null : since;
        gate.onChange(this::update);
    }

    /** Since when the gate has been in its state. */
    synchronized Instant since() {
        update();
        return since;
    }

    /** Since when the gate has not been open, whether closed or probing; null if it is open. */
    synchronized @Nullable Instant closedSince() {
        update();
        return closedSince;
    }

    private synchronized void update() {
        Gate.State now = gate.state();
        if (now != state) {
            state = now;
            since = clock.instant();
            if (now == Gate.State.OPEN) {
                closedSince = null;
            } else if (closedSince == null) {
                closedSince = since;
            }
        }
    }
}
