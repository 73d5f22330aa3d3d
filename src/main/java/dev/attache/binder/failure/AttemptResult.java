package dev.attache.binder.failure;

import dev.attache.binder.gate.ProbeTicket;
import dev.attache.binder.message.ReceivedMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A message after one attempt: with error and failure, or with neither when it succeeded.
 *
 * @param attempts how many there were since it was received, this one included
 */
public record AttemptResult(
        ReceivedMessage message,
        ProbeTicket ticket,
        int attempts,
        @Nullable Throwable error,
        @Nullable Failure failure) {

    /** The same message after a step of its settling has failed. */
    public AttemptResult again(int tries, Throwable failed, Failure because) {
        return new AttemptResult(message, ticket, tries, failed, because);
    }

    public Attempt attempt(Clock clock, RandomGenerator random) {
        return new Attempt(
                message.receiveCount(),
                message.queue().maxReceiveCount(),
                attempts,
                Duration.between(message.hold().since(), clock.instant()),
                random.nextDouble());
    }
}
