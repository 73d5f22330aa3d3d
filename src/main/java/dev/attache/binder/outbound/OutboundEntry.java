package dev.attache.binder.outbound;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.springframework.messaging.Message;

/** An entry of a batch: a text with attributes of type {@value #TYPE}, to which those of a trace may be added. */
public record OutboundEntry(String body, Map<String, String> attributes) {

    static final String TYPE = "String";

    static OutboundEntry of(Message<?> message, OutboundHeaders headers) {
        return new OutboundEntry(OutboundHeaders.body(message), headers.of(message));
    }

    /**
     * The size that AWS computes: the body and, for each attribute, its name, type and value (Amazon SQS Developer
     * Guide, "Amazon SQS message attributes").
     */
    public int bytes() {
        int bytes = utf8(body);
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            bytes += utf8(attribute.getKey()) + TYPE.length() + utf8(attribute.getValue());
        }
        return bytes;
    }

    /** The attributes in a type of the SDK, which has one for SNS and one for SQS. */
    <T> Map<String, T> attributesAs(Function<String, T> type) {
        Map<String, T> converted = new LinkedHashMap<>();
        attributes.forEach((name, value) -> converted.put(name, type.apply(value)));
        return converted;
    }

    /** Encoding the text is faster than counting in a loop. */
    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Without the body, which may contain links. */
    @Override
    public String toString() {
        return "OutboundEntry[attributes=" + attributes.keySet() + "]";
    }
}
