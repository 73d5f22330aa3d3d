package dev.attache.binder.outbound;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.MessagingException;

/**
 * The end of an output. Inside the handling of an inbound message it leaves the publication in that message's
 * {@link PendingPublishes} and returns, at once unless much is under way; elsewhere it waits for it.
 */
public final class OutboundHandler implements MessageHandler {

    private final Publisher publisher;

    private final String destination;

    public OutboundHandler(Publisher publisher, String destination) {
        this.publisher = publisher;
        this.destination = destination;
    }

    @Override
    public void handleMessage(Message<?> message) {
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
