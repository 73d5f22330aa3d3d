package dev.attache.binder.inbound;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Inputs stop one after the other, but share one bound: it runs from the moment the application begins to stop. */
public final class DrainDeadline {

    private final Clock clock;

    private final AtomicReference<@Nullable Instant> began = new AtomicReference<>();

    public DrainDeadline(Clock clock) {
        this.clock = clock;
    }

    /** The application begins to stop. */
    public void begin() {
        began.compareAndSet(null, clock.instant());
    }

    /** What is left of {@code bound}; all of it while only a single input stops. */
    Duration left(Duration bound) {
        Instant start = began.get();
        if (start == null) {
            return bound;
        }
        Duration left = bound.minus(Duration.between(start, clock.instant()));
        return left.isNegative() ? Duration.ZERO : left;
    }
}
