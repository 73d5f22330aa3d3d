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
 * Calls an input's function with a message and publishes its outputs. A large message waits until there is memory for
 * it.
 */
record FunctionCall(Consumer<Message<byte[]>> function, SqsConsumerProperties properties, BytesInFlight.Shares memory) {

    /**
     * Returns when all outputs are published and the actions after publishing have run.
     *
     * @throws RuntimeException the exception of the function. Outputs that it sent before are published first, because
     *     the function is not called again if the message is rejected
     * @throws ExecutionException if an output could not be published
     * @throws TimeoutException if publishing took longer than the publish timeout
     */
    void call(ReceivedMessage message) throws ExecutionException, InterruptedException, TimeoutException {
        memory.handled().take(message.bytes());
        PendingPublishes pending = new PendingPublishes(memory.published(), properties.getPublishTimeout());
        boolean published = false;
        try {
            RuntimeException failure = failure(message, pending);
            pending.await();
            published = true;
            if (failure != null) {
                throw failure;
            }
            pending.runActions();
        } finally {
            if (!published) {
                pending.cancel();
            }
            memory.handled().release(message.bytes());
        }
    }

    private @Nullable RuntimeException failure(ReceivedMessage message, PendingPublishes pending) {
        try {
            ScopedValue.where(PendingPublishes.CURRENT, pending)
                    .run(() ->
                            function.accept(message.toFunction(properties.getAttributes(), pending::afterPublishing)));
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /**
     * Runs work that needs the message's body, as soon as there is memory for it; at once if the thread is interrupted.
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
