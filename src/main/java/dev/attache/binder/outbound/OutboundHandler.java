package dev.attache.binder.outbound;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.springframework.context.Lifecycle;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.MessagingException;

/**
 * Publishes the messages of an output. While an inbound message is handled, the publication is added to that message's
 * {@link PendingPublishes}, and the handler returns without waiting for it unless memory is short. If no inbound
 * message is being handled, the handler waits until the message is published. While the output is stopped, messages are
 * refused, so that an inbound message whose output it is stays in its queue.
 */
public final class OutboundHandler implements MessageHandler, Lifecycle {

    private final Publisher publisher;

    private final String destination;

    private volatile boolean running;

    public OutboundHandler(Publisher publisher, String destination) {
        this.publisher = publisher;
        this.destination = destination;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public void handleMessage(Message<?> message) {
        if (!running) {
            throw new MessageHandlingException(message, "The output to " + destination + " is stopped");
        }
        try {
            if (PendingPublishes.CURRENT.isBound()) {
                PendingPublishes.CURRENT.get().publish(size(message), () -> publisher.publish(message));
            } else {
                publisher.publish(message).join();
            }
        } catch (CompletionException | ExecutionException e) {
            throw new MessagingException("Publishing to " + destination + " failed", e.getCause());
        } catch (TimeoutException e) {
            throw new MessagingException("Publishing to " + destination + " took too long", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException("Publishing to " + destination + " was interrupted", e);
        }
    }

    private static long size(Message<?> message) {
        return switch (message.getPayload()) {
            case byte[] bytes -> bytes.length;
            case Object text -> text.toString().length();
        };
    }
}
