package dev.attache.binder.message;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Who sent a message, and the statement about it that a dead letter carries.
 *
 * @param attribute the name of the message attribute that carries a statement
 */
public record SenderStatements(SenderAttestation attestation, String attribute) {

    /**
     * Returns who sent a message: the sender that SQS reports or, for a redriven dead letter, the sender that SQS
     * reported for the original message.
     *
     * @return null if SQS does not report a sender
     * @throws RuntimeException as {@link SenderAttestation#senderOf} does
     */
    @Nullable
    String senderId(String queue, Message message) {
        return validStatement(queue, message)
                .flatMap(statement -> attestation.senderOf(queue, message.body(), statement))
                .orElse(message.attributes().get(MessageSystemAttributeName.SENDER_ID));
    }

    /**
     * Returns the statement for the dead letter of a message: the one that the message carries, if it is valid;
     * otherwise a new one.
     *
     * @throws RuntimeException as {@link SenderAttestation#attest} and {@link SenderAttestation#senderOf} do
     */
    Optional<String> statement(String queue, Message message) {
        Optional<String> carried = validStatement(queue, message);
        String sender = message.attributes().get(MessageSystemAttributeName.SENDER_ID);
        return carried.isPresent() || sender == null ? carried : attestation.attest(queue, message.body(), sender);
    }

    private Optional<String> validStatement(String queue, Message message) {
        return Optional.ofNullable(message.messageAttributes().get(attribute))
                .map(MessageAttributeValue::stringValue)
                .filter(statement ->
                        attestation.senderOf(queue, message.body(), statement).isPresent());
    }
}
