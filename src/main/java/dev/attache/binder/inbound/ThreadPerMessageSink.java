package dev.attache.binder.inbound;

import dev.attache.binder.message.ReceivedMessage;
import io.awspring.cloud.sqs.listener.MessageListener;
import io.awspring.cloud.sqs.listener.MessageProcessingContext;
import io.awspring.cloud.sqs.listener.sink.MessageSink;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.TaskExecutor;
import org.springframework.messaging.Message;

/**
 * Hands each message to the listener in a thread of its own. The container's own sink sends it through a pipeline of
 * interceptors, observations and acknowledgement handlers first, of which the binder uses none.
 *
 * @param threads gives each task a thread, and refuses none
 */
record ThreadPerMessageSink(MessageListener<ReceivedMessage> listener, TaskExecutor threads)
        implements MessageSink<ReceivedMessage> {

    private static final Logger log = LoggerFactory.getLogger(ThreadPerMessageSink.class);

    @Override
    public CompletableFuture<Void> emit(
            Collection<Message<ReceivedMessage>> messages, MessageProcessingContext<ReceivedMessage> context) {
        messages.forEach(message -> threads.execute(() -> handle(message, context)));
        return CompletableFuture.completedFuture(null);
    }

    /** Whatever happens to the message, another may be received in its place. */
    private void handle(Message<ReceivedMessage> message, MessageProcessingContext<ReceivedMessage> context) {
        try {
            listener.onMessage(message);
        } catch (Throwable e) {
            log.error(
                    "Message {} was not handled, and becomes visible again by itself",
                    message.getPayload().id(),
                    e);
        } finally {
            context.runBackPressureReleaseCallback();
        }
    }
}
