package dev.attache.binder;

import java.util.Map;

import org.springframework.messaging.Message;

/** A message as it leaves: text, with attributes of type {@value #TYPE}. */
record Outgoing(String body, Map<String, String> attributes) {

    static final String TYPE = "String";

    static Outgoing of(Message<?> message, OutboundHeaders headers) {
        return new Outgoing(OutboundHeaders.body(message), headers.of(message));
    }

    /**
     * What AWS counts: the body, and of each attribute its name, type and value (Amazon SQS Developer Guide, "Amazon SQS
     * message attributes").
     */
    int bytes() {
        int bytes = utf8(body);
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            bytes += utf8(attribute.getKey()) + TYPE.length() + utf8(attribute.getValue());
        }
        return bytes;
    }

    /** The length in UTF-8, without a copy in UTF-8; a surrogate is half of four bytes. */
    private static int utf8(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }

    /** Without the body, which may hold links. */
    @Override
    public String toString() {
        return "Outgoing[attributes=" + attributes.keySet() + "]";
    }
}
