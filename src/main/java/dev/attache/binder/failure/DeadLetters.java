package dev.attache.binder.failure;

import dev.attache.binder.failure.Decision.Announcement;
import dev.attache.binder.message.QueueCalls;
import dev.attache.binder.message.ReceivedMessage;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes dead letters. A rejected message is announced, copied to the dead-letter queue and only then deleted: the
 * announcement comes first because it can be repeated (its event has the same id again), and a dead letter cannot.
 * While nothing can be announced, the copy comes first, and says so in the attribute {@code attache-announced}.
 */
public final class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private final RejectionListener listener;

    private final QueueCalls calls;

    private final MessageMetrics outcomes;

    private final Clock clock;

    public DeadLetters(RejectionListener listener, QueueCalls calls, MessageMetrics outcomes, Clock clock) {
        this.listener = listener;
        this.calls = calls;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /**
     * Begins to move a message.
     *
     * @param error what the message failed with
     */
    public Move begin(ReceivedMessage message, Failure.Rejected rejected, Throwable error) {
        return new Move(message, rejected, error);
    }

    /** The moving of one message: what was done once is not done again. */
    public final class Move {

        private final ReceivedMessage message;

        private final Failure.Rejected rejected;

        private final Throwable error;

        private boolean announced;

        private boolean copied;

        private Move(ReceivedMessage message, Failure.Rejected rejected, Throwable error) {
            this.message = message;
            this.rejected = rejected;
            this.error = error;
        }

        public boolean isCopied() {
            return copied;
        }

        /** Whether the announcement is the next step. */
        public boolean isToBeAnnounced(Announcement announcement) {
            return !announced && (announcement == Announcement.FIRST || (announcement == Announcement.LATER && copied));
        }

        /**
         * Goes on where the last call has failed.
         *
         * @throws RuntimeException when it could not be announced, copied or deleted
         */
        public void proceed(Announcement announcement) {
            if (isToBeAnnounced(announcement)) {
                announce();
            }
            if (!copied) {
                copy(message, rejected, announced, senderStatement(announcement != Announcement.NONE));
                copied = true;
                outcomes.rejected(message, rejected);
            }
            if (isToBeAnnounced(announcement)) {
                announce();
                log.info(
                        "Upstream has been told of the dead letter of message {} of {}",
                        message.id(),
                        message.queue().name());
            }
            if (!announced) {
                log.warn(
                        "Upstream could not be told of the dead letter of message {} of {}; it is told when that is"
                                + " redriven and rejected again",
                        message.id(),
                        message.queue().name());
            }
            calls.delete(message).join();
        }

        private void announce() {
            listener.rejected(new DeadLetter(
                    message.queue().name(),
                    message.id(),
                    message.sqs().body(),
                    rejected,
                    message.receiveCount(),
                    error,
                    message.senderId()));
            announced = true;
        }

        /** At a last try the copy is written without one, rather than not at all. */
        private Optional<String> senderStatement(boolean required) {
            try {
                return message.senderStatement();
            } catch (RuntimeException e) {
                if (required) {
                    throw e;
                }
                log.warn(
                        "The dead letter of message {} does not say who sent it: a source that is pinned to senders"
                                + " will refuse it when it is redriven. {}",
                        message.id(),
                        e.toString());
                return Optional.empty();
            }
        }
    }

    private void copy(
            ReceivedMessage message, Failure.Rejected rejected, boolean announced, Optional<String> senderStatement) {
        if (message.queue().deadLetterUrl() != null) {
            var attributes = DeadLetterAttributes.of(message, rejected, announced, senderStatement, clock.instant());
            var leftBehind = DeadLetterAttributes.leftBehind(message, attributes);
            if (!leftBehind.isEmpty()) {
                log.warn("The dead letter of message {} has no room for its attributes {}", message.id(), leftBehind);
            }
            calls.copyTo(message.queue().deadLetterUrl(), message, attributes).join();
        }
        log.warn(
                "Message {} of {} is rejected, {}: {}",
                message.id(),
                message.queue().name(),
                rejected.code(),
                rejected.reason());
    }
}
