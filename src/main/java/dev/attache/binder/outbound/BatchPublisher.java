package dev.attache.binder.outbound;

import dev.attache.binder.batch.RequestBatcher;
import java.util.concurrent.CompletableFuture;
import org.springframework.messaging.Message;

/**
 * Publishes to a topic or a queue, together with whatever else goes there.
 *
 * @param batches what all outputs to this destination share
 * @param headers which headers leave by this output
 */
public record BatchPublisher(RequestBatcher<OutboundEntry, ?> batches, OutboundHeaders headers) implements Publisher {

    @Override
    public CompletableFuture<?> publish(Message<?> message) {
        return batches.add(OutboundEntry.of(message, headers));
    }
}
