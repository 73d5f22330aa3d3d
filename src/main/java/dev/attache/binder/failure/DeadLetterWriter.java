package dev.attache.binder.failure;

import dev.attache.binder.failure.Decision.Announcement;
import dev.attache.binder.message.QueueCalls;
import dev.attache.binder.message.ReceivedMessage;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves rejected messages to the dead-letter queue. A message is announced to the {@link RejectionListener}, copied to
 * the dead-letter queue and then deleted. The announcement comes first because it may be repeated, while every copy is
 * another dead letter. If the announcement fails for some time, the copy is written first, and one of its attributes
 * states that the rejection has not been announced.
 */
public final class DeadLetterWriter {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterWriter.class);

    private final RejectionListener listener;

    private final DeadLetterAttributes attributes;

    private final QueueCalls calls;

    private final MessageMetrics metrics;

    private final Clock clock;

    public DeadLetterWriter(
            RejectionListener listener,
            DeadLetterAttributes attributes,
            QueueCalls calls,
            MessageMetrics metrics,
            Clock clock) {
        this.listener = listener;
        this.attributes = attributes;
        this.calls = calls;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Begins to move a message.
     *
     * @param error the error of the last attempt
     */
    public Move begin(ReceivedMessage message, Failure.Rejected rejected, Throwable error) {
        return new Move(message, rejected, error);
    }

    /** Moves one message. A step that succeeded is not repeated. */
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
         * Continues with the step that the last call failed at.
         *
         * @throws RuntimeException if the message could not be announced, copied or deleted
         */
        public void proceed(Announcement announcement) {
            if (isToBeAnnounced(announcement)) {
                announce();
            }
            if (!copied) {
                copy(message, rejected, announced, senderStatement(announcement != Announcement.NONE));
                copied = true;
                metrics.rejected(message, rejected);
            }
            if (isToBeAnnounced(announcement)) {
                announce();
                log.info(
                        "The rejection of message {} of {} is announced, after its dead letter was written",
                        message.id(),
                        message.queue().name());
            }
            if (!announced) {
                log.warn(
                        "The rejection of message {} of {} could not be announced; it is announced when its dead letter"
                                + " is redriven and rejected again",
                        message.id(),
                        message.queue().name());
            }
            calls.delete(message).join();
        }

        private void announce() {
            listener.rejected(new RejectedMessage(
                    message.queue().name(),
                    message.id(),
                    message.sqs().body(),
                    rejected,
                    message.receiveCount(),
                    error,
                    message.senderId()));
            announced = true;
        }

        /** @param required whether to fail without a statement; at the last try the copy is written without one */
        private Optional<String> senderStatement(boolean required) {
            try {
                return message.senderStatement();
            } catch (RuntimeException e) {
                if (required) {
                    throw e;
                }
                log.warn(
                        "The dead letter of message {} does not state its sender: when it is redriven, SQS reports"
                                + " another sender. {}",
                        message.id(),
                        e.toString());
                return Optional.empty();
            }
        }
    }

    private void copy(
            ReceivedMessage message, Failure.Rejected rejected, boolean announced, Optional<String> senderStatement) {
        String deadLetterUrl = message.queue().deadLetterUrl();
        if (deadLetterUrl != null) {
            var values = attributes.of(message, rejected, announced, senderStatement, clock.instant());
            var leftOut = attributes.leftOut(message, values);
            if (!leftOut.isEmpty()) {
                log.warn(
                        "The dead letter of message {} lacks attributes of the message, because SQS allows ten: {}",
                        message.id(),
                        leftOut);
            }
            calls.copyTo(deadLetterUrl, message, values).join();
        }
        log.warn(
                "Message {} of {} is rejected, {}: {}",
                message.id(),
                message.queue().name(),
                rejected.code(),
                rejected.reason());
    }
}
