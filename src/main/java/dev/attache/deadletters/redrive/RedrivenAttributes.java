package dev.attache.deadletters.redrive;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * The message attributes with which a letter is sent to its queue: those of the original message, unchanged, the
 * statement about its sender, and the task, by which the worker records the outcome.
 *
 * @param prefix the beginning of the names of the attributes that workers add to dead letters
 */
record RedrivenAttributes(String prefix) {

    /** Amazon SQS Developer Guide, "Amazon SQS message attributes". */
    private static final int MOST = 10;

    /** With the task if there is place for it. */
    Map<String, MessageAttributeValue> of(Message letter, UUID task) {
        Map<String, MessageAttributeValue> attributes = original(letter);
        if (attributes.size() < MOST) {
            attributes.put(
                    taskAttribute(),
                    MessageAttributeValue.builder()
                            .dataType("String")
                            .stringValue(task + "/" + letter.messageId())
                            .build());
        }
        return attributes;
    }

    /** For an edited letter: the statement about the sender is about the original body only. */
    Map<String, MessageAttributeValue> ofEdited(Message letter, UUID task) {
        Map<String, MessageAttributeValue> attributes = of(letter, task);
        attributes.remove(senderAttribute());
        return attributes;
    }

    boolean havePlaceForTask(Message letter) {
        return original(letter).size() < MOST;
    }

    boolean isTracked(Map<String, MessageAttributeValue> attributes) {
        return attributes.containsKey(taskAttribute());
    }

    Map<String, MessageAttributeValue> withoutTask(Map<String, MessageAttributeValue> attributes) {
        Map<String, MessageAttributeValue> rest = new LinkedHashMap<>(attributes);
        rest.remove(taskAttribute());
        return rest;
    }

    private Map<String, MessageAttributeValue> original(Message letter) {
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
