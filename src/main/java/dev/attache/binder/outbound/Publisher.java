package dev.attache.binder.outbound;

import java.util.concurrent.CompletableFuture;
import org.springframework.messaging.Message;

/**
 * Publishes messages to one destination. The future completes when the destination has accepted the message, or with
 * the error. If it is cancelled before the message is sent, the message is not sent.
 */
@FunctionalInterface
public interface Publisher {

    CompletableFuture<?> publish(Message<?> message);
}
