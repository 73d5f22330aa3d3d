package dev.attache.binder.batch;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * The approximate size of a received message on the heap: its body and its attributes. The queue's limit covers both.
 */
public final class MessageSize {

    /** Shorter texts are not examined: their size does not matter. */
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

    /** A text has one byte per character if all characters are in Latin-1, otherwise two (JEP 254). */
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
