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
 * The attributes of a dead letter: why it died, beside what it carried. A message has ten at most, so some may have to
 * stay behind. Code, reason and sender always go, and whether upstream was not told yet; then the original ones, in the
 * order of their names, for a redriven message must be what it was; then, while there is room, source queue, message
 * id, attempts and time.
 */
public final class DeadLetterAttributes {

    public static final String PREFIX = "attache-";

    private static final int MOST = 10;

    private static final int LONGEST_REASON = 500;

    private DeadLetterAttributes() {}

    /**
     * @param announced whether upstream has been told; only where it has not, an attribute says so
     * @param senderStatement what {@link SenderAttestation} says of the sender, where it says anything
     */
    static Map<String, MessageAttributeValue> of(
            ReceivedMessage message,
            Failure.Rejected failure,
            boolean announced,
            Optional<String> senderStatement,
            Instant now) {
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        attributes.put(PREFIX + "code", text(failure.code()));
        attributes.put(PREFIX + "reason", text(readable(failure.fullReason())));
        if (!announced) {
            attributes.put(PREFIX + "announced", text("false"));
        }
        senderStatement.ifPresent(statement -> attributes.put(SenderAttestation.ATTRIBUTE, text(statement)));
        new TreeMap<>(message.sqs().messageAttributes()).forEach((name, value) -> {
            if (!name.startsWith(PREFIX) && attributes.size() < MOST) {
                attributes.put(name, value);
            }
        });
        Map<String, String> rest = new LinkedHashMap<>();
        rest.put("source-queue", message.queue().name());
        rest.put("message-id", message.id());
        rest.put("attempts", Integer.toString(message.receiveCount()));
        rest.put("failed-at", now.toString());
        rest.forEach((name, value) -> {
            if (attributes.size() < MOST) {
                attributes.put(PREFIX + name, text(value));
            }
        });
        return attributes;
    }

    /** The names of original attributes for which there was no room. */
    static List<String> leftBehind(ReceivedMessage message, Map<String, MessageAttributeValue> kept) {
        List<String> names = new ArrayList<>(message.sqs().messageAttributes().keySet());
        names.removeIf(name -> kept.containsKey(name) || name.startsWith(PREFIX));
        return names;
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    /** SQS refuses control characters and empty values (Amazon SQS API Reference, "SendMessage"). */
    private static String readable(String reason) {
        String clean = reason.replaceAll("[^\\x20-\\uD7FF\\uE000-\\uFFFD]", " ").strip();
        String some = clean.isEmpty() ? "no reason given" : clean;
        return some.length() <= LONGEST_REASON ? some : some.substring(0, LONGEST_REASON - 1) + "…";
    }
}
