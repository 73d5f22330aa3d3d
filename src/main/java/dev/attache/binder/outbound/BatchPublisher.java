package dev.attache.binder.outbound;

import dev.attache.binder.batch.RequestBatcher;
import dev.attache.binder.metrics.OutputMeters;
import dev.attache.binder.observation.BinderObservations;
import dev.attache.binder.observation.MessageObservation;
import dev.attache.binder.observation.MessagingSystem;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import software.amazon.awssdk.services.sns.model.PublishBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/**
 * Publishes to a topic or a queue in batches.
 *
 * @param batcher shared by all outputs with this destination
 * @param headers the headers that become message attributes
 * @param observations observes each message
 * @param meters measures each message
 */
public record BatchPublisher(
        OutboundDestination destination,
        RequestBatcher<OutboundEntry, ?> batcher,
        OutboundHeaders headers,
        BinderObservations observations,
        OutputMeters meters)
        implements Publisher {

    private static final String TRACEPARENT = "traceparent";

    @Override
    public CompletableFuture<?> publish(Message<?> message) {
        OutboundEntry entry = OutboundEntry.of(message, headers);
        String traceparent = message.getHeaders().get(TRACEPARENT) instanceof String text ? text : null;
        MessageObservation observation =
                observations.send(system(), destination.name(), entry.attributes(), traceparent);
        CompletableFuture<?> sent = batcher.add(entry);
        meters.measure(sent);
        var _ = sent.whenComplete((result, error) -> {
            if (error == null) {
                observation.sent(messageId(result));
            } else {
                observation.stop(MessageObservation.errorType(error));
            }
        });
        return sent;
    }

    private MessagingSystem system() {
        return switch (destination) {
            case OutboundDestination.Topic topic -> MessagingSystem.SNS;
            case OutboundDestination.Queue queue -> MessagingSystem.SQS;
        };
    }

    private static @Nullable String messageId(@Nullable Object result) {
        return switch (result) {
            case PublishBatchResultEntry published -> published.messageId();
            case SendMessageBatchResultEntry queued -> queued.messageId();
            case null, default -> null;
        };
    }
}
