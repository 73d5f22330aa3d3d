package dev.attache.binder.outbound;

import dev.attache.binder.batch.RequestBatcher;
import java.util.concurrent.CompletableFuture;
import org.springframework.messaging.Message;

/**
 * Publishes to a topic or a queue in batches.
 *
 * @param batcher shared by all outputs with this destination
 * @param headers the headers that become message attributes
 */
public record BatchPublisher(RequestBatcher<OutboundEntry, ?> batcher, OutboundHeaders headers) implements Publisher {

    @Override
    public CompletableFuture<?> publish(Message<?> message) {
        return batcher.add(OutboundEntry.of(message, headers));
    }
}
