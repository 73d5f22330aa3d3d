package dev.attache.binder.failure;

import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.message.SenderAttestation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * The message attributes of a dead letter: why it was rejected, and the attributes of the original message. SQS allows
 * ten attributes, so some may have to be left out. They are added in this order: code, reason, {@code announced} if the
 * rejection has not been announced, and the statement about the sender; the original attributes by name, because a
 * redriven message must equal the original; then, as long as there are fewer than ten, source queue, message id,
 * attempts and time.
 *
 * @param prefix the beginning of the names that the binder adds
 */
public record DeadLetterAttributes(String prefix) {

    /** Amazon SQS Developer Guide, "Amazon SQS message attributes". */
    private static final int MAX_ATTRIBUTES = 10;

    private static final int MAX_REASON_LENGTH = 500;

    /** The name of the attribute that carries a statement about the sender ({@link SenderAttestation}). */
    public String senderAttribute() {
        return prefix + "sender";
    }

    /** The name of the attribute by which a task marks a message that it redrives. A dead letter does not have it. */
    public String redriveAttribute() {
        return prefix + "redrive";
    }

    /**
     * @param announced whether the rejection has been announced; an attribute is added only if it has not
     * @param senderStatement the statement of {@link SenderAttestation}, if there is one
     */
    Map<String, MessageAttributeValue> of(
            ReceivedMessage message,
            Failure.Rejected failure,
            boolean announced,
            Optional<String> senderStatement,
            Instant now) {
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        attributes.put(prefix + "code", text(failure.code()));
        attributes.put(prefix + "reason", text(validText(failure.fullReason())));
        if (!announced) {
            attributes.put(prefix + "announced", text("false"));
        }
        senderStatement.ifPresent(statement -> attributes.put(senderAttribute(), text(statement)));
        new TreeMap<>(message.sqs().messageAttributes()).forEach((name, value) -> {
            if (!name.startsWith(prefix) && attributes.size() < MAX_ATTRIBUTES) {
                attributes.put(name, value);
            }
        });
        Map<String, String> optional = new LinkedHashMap<>();
        optional.put("source-queue", message.queue().name());
        optional.put("message-id", message.id());
        optional.put("attempts", Integer.toString(message.receiveCount()));
        optional.put("failed-at", now.toString());
        optional.forEach((name, value) -> {
            if (attributes.size() < MAX_ATTRIBUTES) {
                attributes.put(prefix + name, text(value));
            }
        });
        return attributes;
    }

    /** The names of the original attributes that are not among the attributes of the dead letter. */
    List<String> leftOut(ReceivedMessage message, Map<String, MessageAttributeValue> attributes) {
        List<String> names = new ArrayList<>(message.sqs().messageAttributes().keySet());
        names.removeIf(name -> attributes.containsKey(name) || name.startsWith(prefix));
        return names;
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    /** SQS refuses control characters and empty values (Amazon SQS API Reference, "SendMessage"). */
    private static String validText(String reason) {
        String printable =
                reason.replaceAll("[^\\x20-\\uD7FF\\uE000-\\uFFFD]", " ").strip();
        String text = printable.isEmpty() ? "no reason given" : printable;
        return text.length() <= MAX_REASON_LENGTH ? text : text.substring(0, MAX_REASON_LENGTH - 1) + "…";
    }
}
