package dev.attache.binder.outbound;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.messaging.Message;

/** The headers of an outbound message that become message attributes: the listed ones only. */
public record OutboundHeaders(List<String> allowed) {

    /**
     * The limit of SQS, and of raw delivery from SNS to SQS (Amazon SNS Developer Guide, "Message attributes and raw
     * message delivery").
     */
    private static final int MAX_ATTRIBUTES = 10;

    public OutboundHeaders {
        if (allowed.size() > MAX_ATTRIBUTES) {
            throw new IllegalArgumentException("The producer's attributes name " + allowed.size()
                    + " headers, but a message may have " + MAX_ATTRIBUTES + " attributes at most: " + allowed);
        }
        allowed = List.copyOf(allowed);
    }

    /** The attributes of a message, without empty values: SQS refuses empty attributes. */
    Map<String, String> of(Message<?> message) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String name : allowed) {
            Object value = message.getHeaders().get(name);
            if (value != null && !value.toString().isEmpty()) {
                attributes.put(name, value.toString());
            }
        }
        return attributes;
    }

    /** The payload of a message: text, or bytes in UTF-8. */
    static String body(Message<?> message) {
        return switch (message.getPayload()) {
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            case String text -> text;
            case Object other ->
                throw new IllegalArgumentException("An output must be bytes or text, not a "
                        + other.getClass().getName());
        };
    }
}
