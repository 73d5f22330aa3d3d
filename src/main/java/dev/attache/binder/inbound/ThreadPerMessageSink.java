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
 * Calls the listener with each message in its own thread. The container's own sink would call a pipeline of
 * interceptors, observations and acknowledgement handlers first, and the binder uses none of them.
 *
 * @param threads runs each task in a thread, and refuses none
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

    /** Releases the back pressure in any case, so that another message can be received. */
    private void handle(Message<ReceivedMessage> message, MessageProcessingContext<ReceivedMessage> context) {
        try {
            listener.onMessage(message);
        } catch (Throwable e) {
            log.error(
                    "Message {} was not handled, and becomes visible again after its visibility timeout",
                    message.getPayload().id(),
                    e);
        } finally {
            context.runBackPressureReleaseCallback();
        }
    }
}
