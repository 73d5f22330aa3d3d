package dev.attache.binder;

import java.time.Clock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes dead letters. A rejected message is announced, copied to the dead-letter queue and only then deleted: the announcement
 * comes first because it can be repeated (its event has the same id again), and a dead letter cannot.
 */
final class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private final RejectionListener listener;

    private final QueueCalls calls;

    private final Outcomes outcomes;

    private final Clock clock;

    DeadLetters(RejectionListener listener, QueueCalls calls, Outcomes outcomes, Clock clock) {
        this.listener = listener;
        this.calls = calls;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /**
     * Announces the rejection and moves the message.
     *
     * @param error what the message failed with
     * @throws RuntimeException when it could not be announced or moved; it is then still in its queue
     */
    void move(ReceivedMessage message, Failure.Rejected rejected, Throwable error) {
        listener.rejected(new DeadLetter(message.queue().name(), message.id(), message.sqs().body(), rejected,
                message.receiveCount(), error));
        moveUnannounced(message, rejected);
    }

    /**
     * Moves the message although nobody could be told.
     *
     * @throws RuntimeException when it could not be moved
     */
    void moveUnannounced(ReceivedMessage message, Failure.Rejected rejected) {
        log.warn("Message {} of {} is rejected, {}: {}", message.id(), message.queue().name(), rejected.code(),
                rejected.reason());
        if (message.queue().deadLetterUrl() != null) {
            var attributes = DeadLetterAttributes.of(message, rejected, clock.instant());
            var leftBehind = DeadLetterAttributes.leftBehind(message, attributes);
            if (!leftBehind.isEmpty()) {
                log.warn("The dead letter of message {} has no room for its attributes {}", message.id(), leftBehind);
            }
            calls.copyTo(message.queue().deadLetterUrl(), message, attributes).join();
        }
        outcomes.rejected(message, rejected);
        calls.delete(message).join();
    }
}
