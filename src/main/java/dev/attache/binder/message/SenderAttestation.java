package dev.attache.binder.message;

import java.util.Optional;

/**
 * Preserves the sender of a message across the dead-letter queue. SQS reports the worker as the sender of a dead
 * letter, and the principal that redrives it as the sender of the redriven message (Amazon SQS API Reference,
 * "ReceiveMessage", {@code SenderId}). So a dead letter carries a statement about the original sender in a message
 * attribute. Any sender can set such an attribute, so an implementation must recognise its own statements.
 */
public interface SenderAttestation {

    /** Makes no statement and accepts none. */
    SenderAttestation NONE = new SenderAttestation() {

        @Override
        public Optional<String> attest(String queue, String body, String senderId) {
            return Optional.empty();
        }

        @Override
        public Optional<String> senderOf(String queue, String body, String statement) {
            return Optional.empty();
        }
    };

    /**
     * Makes a statement about the sender of a message.
     *
     * @param queue the queue that the message came from, and that it is redriven to
     * @param senderId the sender that SQS reports
     * @return the statement in printable ASCII; empty for none
     * @throws RuntimeException if no statement can be made at the moment: the dead letter is written later
     */
    Optional<String> attest(String queue, String body, String senderId);

    /**
     * Returns the sender of the original message.
     *
     * @return the sender's id if the statement was made by this implementation, is still valid, and is about this queue
     *     and exactly this body; otherwise empty
     * @throws RuntimeException if that cannot be decided at the moment: the message is retried
     */
    Optional<String> senderOf(String queue, String body, String statement);
}
