package dev.attache.binder.inbound;

import dev.attache.binder.message.ReceivedMessage;
import org.slf4j.MDC;

/**
 * Adds the queue and the id of a message to the lines that are logged while it is handled: the keys {@value #QUEUE} and
 * {@value #MESSAGE_ID} of the logging context (MDC).
 */
final class MessageLogContext {

    static final String QUEUE = "queue";

    static final String MESSAGE_ID = "messageId";

    private MessageLogContext() {}

    /** Runs the work in the context of the message. The thread has no context afterwards. */
    static void run(ReceivedMessage message, Runnable work) {
        MDC.put(QUEUE, message.queue().name());
        MDC.put(MESSAGE_ID, message.id());
        try {
            work.run();
        } finally {
            MDC.clear();
        }
    }
}
