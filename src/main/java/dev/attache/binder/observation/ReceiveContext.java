package dev.attache.binder.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;

/** The context of an observation of one poll. Its span has no parent: a poll is not caused by a message. */
final class ReceiveContext extends ReceiverContext<String> {

    ReceiveContext(String queue) {
        super((carrier, key) -> null, Kind.CLIENT);
        setCarrier(queue);
    }
}
