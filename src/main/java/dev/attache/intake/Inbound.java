package dev.attache.intake;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

/** What the binder says about a message beside its body. */
final class Inbound {

    /** The header that holds SQS's {@code SenderId}; the binder sets it, never a sender. */
    private static final String SENDER_ID = "sqs_senderId";

    private Inbound() {
    }

    static @Nullable String senderId(Message<?> message) {
        return message.getHeaders().get(SENDER_ID, String.class);
    }
}
