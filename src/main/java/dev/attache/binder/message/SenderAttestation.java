package dev.attache.binder.message;

import java.util.Optional;

/**
 * Keeps who sent a message when this worker copies it to the dead-letter queue: of the copy, and of the message that a
 * redrive makes of it, SQS says that somebody else sent it ("ReceiveMessage", {@code SenderId}). The statement travels
 * in the copy's attribute {@value #ATTRIBUTE}. Anybody can send such an attribute, so a statement has to prove that it
 * is ours.
 */
public interface SenderAttestation {

    /** The attribute that carries a statement. */
    String ATTRIBUTE = "attache-sender";

    /** Makes no statement and believes none. */
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
     * States who sent a message.
     *
     * @param queue the queue that it came from, and will be redriven to
     * @param senderId what SQS says
     * @return the statement, printable ASCII; empty for none
     * @throws RuntimeException when none can be made now: the copy is tried again
     */
    Optional<String> attest(String queue, String body, String senderId);

    /**
     * Who sent the message that was copied.
     *
     * @return the sender's id, when the statement is ours, is still valid, and speaks of this queue and exactly this
     *     body
     * @throws RuntimeException when that cannot be said now: the message is tried again
     */
    Optional<String> senderOf(String queue, String body, String statement);
}
