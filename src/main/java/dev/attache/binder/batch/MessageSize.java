package dev.attache.binder.batch;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * How much of the heap a received message takes, about: its body and its attributes, which share the queue's limit with
 * the body.
 */
public final class MessageSize {

    /** Shorter texts are not looked into: what they take does not matter. */
    private static final int SHORT = 4096;

    private MessageSize() {}

    /** In bytes. */
    public static long of(Message message) {
        long bytes = of(message.body());
        for (Map.Entry<String, MessageAttributeValue> attribute :
                message.messageAttributes().entrySet()) {
            MessageAttributeValue value = attribute.getValue();
            bytes += of(attribute.getKey())
                    + of(value.stringValue())
                    + (value.binaryValue() == null ? 0 : value.binaryValue().asByteArrayUnsafe().length);
        }
        return bytes;
    }

    /** A text has one byte a character when all of them are in Latin-1, and otherwise two (JEP 254). */
    private static long of(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        return text.length() <= SHORT || isLatin1(text) ? text.length() : 2L * text.length();
    }

    private static boolean isLatin1(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return false;
            }
        }
        return true;
    }
}
