package dev.attache.binder.outbound;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.messaging.Message;

/** Which headers of an outgoing message leave as message attributes: those on the list, and no others. */
public record OutboundHeaders(List<String> allowed) {

    /**
     * SQS and SNS-to-SQS raw delivery take ten (Amazon SNS Developer Guide, "Message attributes and raw message
     * delivery").
     */
    private static final int MOST = 10;

    public OutboundHeaders {
        if (allowed.size() > MOST) {
            throw new IllegalArgumentException("A message carries " + MOST + " attributes at most, but "
                    + allowed.size() + " headers are to leave as attributes: " + allowed);
        }
        allowed = List.copyOf(allowed);
    }

    /** The attributes of a message; an empty value is none, for SQS refuses empty attributes. */
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

    /** The body of a message: text, or bytes that are UTF-8. */
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
