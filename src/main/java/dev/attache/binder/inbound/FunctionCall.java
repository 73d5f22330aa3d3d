package dev.attache.binder.inbound;

import dev.attache.binder.memory.BytesInFlight;
import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.outbound.PendingPublishes;
import dev.attache.binder.settings.SqsConsumerProperties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

/**
 * The call of an input's function for one message, and the publishing of all that follows from it. Of a large message
 * it waits until there is memory for it.
 */
record FunctionCall(Consumer<Message<byte[]>> function, SqsConsumerProperties properties, BytesInFlight.Input memory) {

    /**
     * Returns when everything is published and what was to be done then is done.
     *
     * @throws RuntimeException what the function threw, after everything that it had sent before is published: nothing
     *     would repeat that when the message is rejected
     * @throws ExecutionException when something could not be published
     * @throws TimeoutException when that took too long
     */
    void call(ReceivedMessage message) throws ExecutionException, InterruptedException, TimeoutException {
        memory.handled().take(message.bytes());
        PendingPublishes outbox = new PendingPublishes(memory.published(), properties.getPublishTimeout());
        boolean published = false;
        try {
            RuntimeException failure = failure(message, outbox);
            outbox.await();
            published = true;
            if (failure != null) {
                throw failure;
            }
            outbox.runActions();
        } finally {
            if (!published) {
                outbox.cancel();
            }
            memory.handled().release(message.bytes());
        }
    }

    private @Nullable RuntimeException failure(ReceivedMessage message, PendingPublishes outbox) {
        try {
            ScopedValue.where(PendingPublishes.CURRENT, outbox)
                    .run(() ->
                            function.accept(message.toFunction(properties.getAttributes(), outbox::afterPublishing)));
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /**
     * Does something else that needs the message's body, when there is memory for it; at once when the thread is
     * interrupted.
     */
    void withBodyOf(ReceivedMessage message, Runnable work) {
        try {
            memory.handled().take(message.bytes());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            memory.handled().force(message.bytes());
        }
        try {
            work.run();
        } finally {
            memory.handled().release(message.bytes());
        }
    }
}
