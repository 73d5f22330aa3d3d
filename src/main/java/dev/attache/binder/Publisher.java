package dev.attache.binder;

import java.util.concurrent.CompletableFuture;

import org.springframework.messaging.Message;

/** Sends one message to one destination. The future ends when the destination has it, or with the reason why not. */
@FunctionalInterface
interface Publisher {

    CompletableFuture<?> publish(Message<?> message);
}
