package dev.attache.binder.inbound;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The deadline that all inputs share when the application stops. Inputs stop one after the other, but all their drain
 * timeouts begin when the application begins to stop.
 */
public final class DrainDeadline {

    private final Clock clock;

    private final AtomicReference<@Nullable Instant> stopBegan = new AtomicReference<>();

    public DrainDeadline(Clock clock) {
        this.clock = clock;
    }

    /** The application begins to stop. */
    public void begin() {
        stopBegan.compareAndSet(null, clock.instant());
    }

    /** What is left of a timeout; all of it if only a single input stops. */
    Duration left(Duration timeout) {
        Instant start = stopBegan.get();
        if (start == null) {
            return timeout;
        }
        Duration left = timeout.minus(Duration.between(start, clock.instant()));
        return left.isNegative() ? Duration.ZERO : left;
    }
}
