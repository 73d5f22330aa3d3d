package dev.attache.intake;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

/** Reads the headers that the binder adds to a message. */
final class InboundHeaders {

    /** The header with SQS's {@code SenderId}. Only the binder can set it, not a sender. */
    static final String SENDER_ID = "sqs_senderId";

    /**
     * The header with a {@code Consumer<Runnable>}, which accepts actions to run after all resulting messages were
     * published.
     */
    private static final String AFTER_PUBLISHING = "sqs_afterPublishing";

    private InboundHeaders() {}

    static @Nullable String senderId(Message<?> message) {
        return message.getHeaders().get(SENDER_ID, String.class);
    }

    /** Runs the action after all resulting messages were published; never if the binder does not set the header. */
    @SuppressWarnings("unchecked")
    static void afterPublishing(Message<?> message, Runnable action) {
        Consumer<Runnable> actions = message.getHeaders().get(AFTER_PUBLISHING, Consumer.class);
        if (actions != null) {
            actions.accept(action);
        }
    }
}
