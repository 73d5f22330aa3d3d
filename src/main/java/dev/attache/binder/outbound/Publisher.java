package dev.attache.binder.outbound;

import java.util.concurrent.CompletableFuture;
import org.springframework.messaging.Message;

/**
 * Sends one message to one destination. The future ends when the destination has it, or with the reason why not.
 * Cancelled before the message has left, it keeps it here.
 */
@FunctionalInterface
public interface Publisher {

    CompletableFuture<?> publish(Message<?> message);
}
