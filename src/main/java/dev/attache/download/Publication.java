package dev.attache.download;

import org.springframework.messaging.Message;

/** Publishes a message to the binding in its header, and returns after it is published. */
@FunctionalInterface
interface Publication {

    void publish(Message<byte[]> message);
}
