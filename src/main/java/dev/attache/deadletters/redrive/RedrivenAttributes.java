package dev.attache.deadletters.redrive;

import dev.attache.binder.message.SenderAttestation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * The message attributes with which a letter is sent to its queue: those of the original message, unchanged, the
 * statement about its sender, and the task, by which the worker records the outcome.
 *
 * <p>A letter that SQS has moved has no statement. It gets one about the sender that SQS reports, which is the original
 * one; the console would be its sender otherwise.
 *
 * @param prefix the beginning of the names of the attributes that workers add to dead letters
 */
record RedrivenAttributes(String prefix, SenderAttestation attestation) {

    /** Amazon SQS Developer Guide, "Amazon SQS message attributes". */
    private static final int MOST = 10;

    /**
     * With the task if there is place for it.
     *
     * @param queue that it is sent to
     */
    Map<String, MessageAttributeValue> of(Message letter, String queue, UUID task) {
        Map<String, MessageAttributeValue> attributes = original(letter);
        if (!attributes.containsKey(senderAttribute()) && isMovedBySqs(letter)) {
            statement(letter, queue).ifPresent(statement -> put(attributes, senderAttribute(), statement));
        }
        put(attributes, taskAttribute(), task + "/" + letter.messageId());
        return attributes;
    }

    /** SQS reports the worker as the sender of a letter that the worker has written. */
    private boolean isMovedBySqs(Message letter) {
        return !letter.messageAttributes().containsKey(prefix + "code");
    }

    private Optional<String> statement(Message letter, String queue) {
        return Optional.ofNullable(letter.attributes().get(MessageSystemAttributeName.SENDER_ID))
                .flatMap(sender -> attestation.attest(queue, letter.body(), sender));
    }

    /** For an edited letter: the statement about the sender is about the original body only. */
    Map<String, MessageAttributeValue> ofEdited(Message letter, UUID task) {
        Map<String, MessageAttributeValue> attributes = original(letter);
        attributes.remove(senderAttribute());
        put(attributes, taskAttribute(), task + "/" + letter.messageId());
        return attributes;
    }

    boolean havePlaceForTask(Message letter, String queue) {
        return isTracked(of(letter, queue, new UUID(0, 0)));
    }

    /** If there is place for it. */
    private static void put(Map<String, MessageAttributeValue> attributes, String name, String value) {
        if (attributes.size() < MOST) {
            attributes.put(
                    name,
                    MessageAttributeValue.builder()
                            .dataType("String")
                            .stringValue(value)
                            .build());
        }
    }

    boolean isTracked(Map<String, MessageAttributeValue> attributes) {
        return attributes.containsKey(taskAttribute());
    }

    /** Those of the original message, with the statement about its sender if the letter has one. */
    Map<String, MessageAttributeValue> original(Message letter) {
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        letter.messageAttributes().forEach((name, value) -> {
            if (!name.startsWith(prefix) || name.equals(senderAttribute())) {
                attributes.put(name, value);
            }
        });
        return attributes;
    }

    private String senderAttribute() {
        return prefix + "sender";
    }

    private String taskAttribute() {
        return prefix + "redrive";
    }
}
