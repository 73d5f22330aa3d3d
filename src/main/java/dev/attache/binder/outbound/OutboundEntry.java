package dev.attache.binder.outbound;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.messaging.Message;

/** A message as it leaves: text, with attributes of type {@value #TYPE}. */
public record OutboundEntry(String body, Map<String, String> attributes) {

    static final String TYPE = "String";

    static OutboundEntry of(Message<?> message, OutboundHeaders headers) {
        return new OutboundEntry(OutboundHeaders.body(message), headers.of(message));
    }

    /**
     * What AWS counts: the body, and of each attribute its name, type and value (Amazon SQS Developer Guide, "Amazon
     * SQS message attributes").
     */
    public int bytes() {
        int bytes = utf8(body);
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            bytes += utf8(attribute.getKey()) + TYPE.length() + utf8(attribute.getValue());
        }
        return bytes;
    }

    /** The length in UTF-8. The JDK copies faster than one counts. */
    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Without the body, which may hold links. */
    @Override
    public String toString() {
        return "Outgoing[attributes=" + attributes.keySet() + "]";
    }
}
