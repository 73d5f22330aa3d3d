package dev.attache.sandbox.sns;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A published message. */
record SnsMessage(
        String id, String topicArn, @Nullable String subject, String body, Map<String, Attribute> attributes) {

    /** The maximum size of a message or a batch in bytes, with attributes (Amazon SNS API Reference, "Publish"). */
    static final int MAX_BYTES = 256 * 1024;

    private static final Set<String> TYPES = Set.of("String", "String.Array", "Number", "Binary");

    /**
     * @throws SnsException {@code InvalidParameter} if the message is empty or too large, or has attributes of unknown
     *     types
     */
    static SnsMessage of(QueryRequest request, String prefix, String topicArn) {
        var message = new SnsMessage(
                UUID.randomUUID().toString(),
                topicArn,
                request.optional(prefix + "Subject").orElse(null),
                request.optional(prefix + "Message").orElse(""),
                request.messageAttributes(prefix));
        if (message.body.isEmpty()) {
            throw SnsException.invalidParameter("Empty message");
        }
        if (message.bytes() > MAX_BYTES) {
            throw SnsException.invalidParameter("Message too long");
        }
        message.attributes.forEach((name, attribute) -> {
            if (!TYPES.contains(attribute.dataType())) {
                throw SnsException.invalidParameter(
                        "The message attribute '%s' has an invalid message attribute type".formatted(name));
            }
            if (attribute.value().isEmpty()) {
                throw SnsException.invalidParameter(
                        "The message attribute '%s' must contain a non-empty value".formatted(name));
            }
        });
        return message;
    }

    int bytes() {
        return body.getBytes(StandardCharsets.UTF_8).length
                + attributes.entrySet().stream()
                        .mapToInt(entry ->
                                entry.getKey().length() + entry.getValue().bytes())
                        .sum();
    }
}
