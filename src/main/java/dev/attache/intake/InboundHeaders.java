package dev.attache.intake;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

/** What the binder says about a message beside its body. */
final class InboundHeaders {

    /** The header that holds SQS's {@code SenderId}; the binder sets it, never a sender. */
    private static final String SENDER_ID = "sqs_senderId";

    /**
     * The header whose {@code Consumer<Runnable>} takes what is to be done once all that follows from the message is
     * published.
     */
    private static final String AFTER_PUBLISHING = "sqs_afterPublishing";

    private InboundHeaders() {}

    static @Nullable String senderId(Message<?> message) {
        return message.getHeaders().get(SENDER_ID, String.class);
    }

    /** Has this done once all that follows from the message is published; never where a binder offers no such thing. */
    @SuppressWarnings("unchecked")
    static void afterPublishing(Message<?> message, Runnable action) {
        Consumer<Runnable> actions = message.getHeaders().get(AFTER_PUBLISHING, Consumer.class);
        if (actions != null) {
            actions.accept(action);
        }
    }
}
