package dev.attache.binder;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.MessageHandler;

/**
 * The end of an output. Inside the handling of an inbound message it leaves the publication in that message's
 * {@link Outbox} and returns at once; elsewhere it waits for it.
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
        CompletableFuture<?> publication = publisher.publish(message);
        if (Outbox.CURRENT.isBound()) {
            Outbox.CURRENT.get().add(publication);
            return;
        }
        try {
            publication.join();
        } catch (CompletionException e) {
            throw new MessagingException("Publishing to " + destination + " failed", e.getCause());
        }
    }
}
