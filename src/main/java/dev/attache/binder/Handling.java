package dev.attache.binder;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;

/**
 * What happens to one message: the function is called, everything that follows is published, and only then is the message
 * acknowledged. Any error on the way is answered by the {@link FailurePolicy}.
 */
final class Handling {

    private static final Logger log = LoggerFactory.getLogger(Handling.class);

    private final Consumer<Message<byte[]>> function;

    private final List<String> allowedAttributes;

    private final Duration publishTimeout;

    private final FailurePolicy failures;

    private final QueueCalls calls;

    Handling(Consumer<Message<byte[]>> function, SqsConsumerProperties properties, FailurePolicy failures, QueueCalls calls) {
        this.function = function;
        this.allowedAttributes = properties.getAttributes();
        this.publishTimeout = properties.getPublishTimeout();
        this.failures = failures;
        this.calls = calls;
    }

    void handle(ReceivedMessage message) {
        try {
            Outbox outbox = new Outbox();
            ScopedValue.where(Outbox.CURRENT, outbox).run(() -> function.accept(message.toFunction(allowedAttributes)));
            outbox.await(publishTimeout);
        } catch (ExecutionException e) {
            failures.answer(message, e.getCause());
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.release(message, Duration.ZERO);
            return;
        } catch (Throwable e) {
            failures.answer(message, e);
            return;
        }
        acknowledge(message);
    }

    /** A message that could not be deleted comes again, and what follows from it has the same ids as before. */
    private void acknowledge(ReceivedMessage message) {
        try {
            calls.delete(message).join();
        } catch (RuntimeException e) {
            log.warn("Message {} of {} was handled but not deleted, and will come again: {}", message.id(),
                    message.queue().name(), e.getMessage());
        }
    }
}
