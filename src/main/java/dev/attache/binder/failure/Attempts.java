package dev.attache.binder.failure;

import dev.attache.binder.message.ReceivedMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Describes attempts for {@link FailureDecisions}.
 *
 * @param clock measures how long messages are in flight
 * @param random random numbers from 0 to 1, exclusive; must be thread-safe
 */
public record Attempts(Clock clock, DoubleSupplier random) {

    /** Attempts with random pauses. */
    public static Attempts measuredBy(Clock clock) {
        return new Attempts(clock, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param failedInPlace attempts, or steps of the settlement, that failed since the message was received */
    public Attempt of(ReceivedMessage message, int failedInPlace) {
        return new Attempt(
                message.receiveCount(),
                message.queue().maxReceiveCount(),
                failedInPlace,
                Duration.between(message.lease().since(), clock.instant()),
                random.getAsDouble());
    }
}
