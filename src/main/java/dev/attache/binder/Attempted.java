package dev.attache.binder;

import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * A message after one attempt: with error and failure, or with neither when it succeeded.
 *
 * @param attempts how many there were since it was received, this one included
 */
record Attempted(ReceivedMessage message, ProbeTicket ticket, int attempts, @Nullable Throwable error, @Nullable Failure failure) {

    /** The same message after a step of its settling has failed. */
    Attempted again(int tries, Throwable failed, Failure because) {
        return new Attempted(message, ticket, tries, failed, because);
    }

    Attempt attempt(Clock clock, RandomGenerator random) {
        return new Attempt(message.receiveCount(), message.queue().maxReceiveCount(), attempts,
                Duration.between(message.hold().since(), clock.instant()), random.nextDouble());
    }
}
