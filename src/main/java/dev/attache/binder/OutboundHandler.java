package dev.attache.binder;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.MessageHandler;

/**
 * The end of an output. Inside the handling of an inbound message it leaves the publication in that message's
 * {@link Outbox} and returns, at once unless much is under way; elsewhere it waits for it.
 */
final class OutboundHandler implements MessageHandler {

    private final Publisher publisher;

    private final String destination;

    OutboundHandler(Publisher publisher, String destination) {
        this.publisher = publisher;
        this.destination = destination;
    }

    @Override
    public void handleMessage(Message<?> message) {
        try {
            if (Outbox.CURRENT.isBound()) {
                Outbox.CURRENT.get().publish(size(message), () -> publisher.publish(message));
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
