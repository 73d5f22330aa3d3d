package dev.attache.upload;

import org.springframework.messaging.Message;

/** Publishes a message to a binding, and returns after it is published. */
@FunctionalInterface
interface Publication {

    void publish(String binding, Message<byte[]> message);
}
