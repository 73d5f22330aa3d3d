package dev.attache.operations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * {@code /actuator/queues}: the approximate number of messages in each queue that this worker reads, and in its
 * dead-letter queue.
 */
@Component
@Endpoint(id = "queues")
class QueuesEndpoint {

    private static final Pattern DEAD_LETTER_TARGET =
            Pattern.compile("\"deadLetterTargetArn\"\\s*:\\s*\"[^\"]*:([^:\"]+)\"");

    private final SqsAsyncClient sqs;

    private final List<String> queues;

    QueuesEndpoint(final SqsAsyncClient sqs, final BindingServiceProperties bindings) {
        this.sqs = sqs;
        this.queues = List.copyOf(new TreeSet<>(bindings.getBindings().entrySet().stream()
                .filter(binding -> binding.getKey().contains("-in-"))
                .map(binding -> binding.getValue().getDestination())
                .toList()));
    }

    @ReadOperation
    Map<String, Depth> queues() {
        Map<String, CompletableFuture<Map<QueueAttributeName, String>>> pending = new LinkedHashMap<>();
        queues.forEach(queue -> pending.put(queue, attributes(queue)));
        Map<String, Depth> depths = new LinkedHashMap<>();
        pending.forEach((queue, response) -> {
            Map<QueueAttributeName, String> attributes = response.join();
            depths.put(queue, Depth.of(attributes));
            Matcher deadLetters =
                    DEAD_LETTER_TARGET.matcher(attributes.getOrDefault(QueueAttributeName.REDRIVE_POLICY, ""));
            if (deadLetters.find()) {
                depths.put(
                        deadLetters.group(1),
                        Depth.of(attributes(deadLetters.group(1)).join()));
            }
        });
        return depths;
    }

    private CompletableFuture<Map<QueueAttributeName, String>> attributes(String queue) {
        return sqs.getQueueUrl(request -> request.queueName(queue))
                .thenCompose(url -> sqs.getQueueAttributes(
                        request -> request.queueUrl(url.queueUrl()).attributeNames(QueueAttributeName.ALL)))
                .thenApply(GetQueueAttributesResponse::attributes);
    }

    /**
     * Approximate numbers of messages in a queue ("GetQueueAttributes").
     *
     * @param visible messages that can be received
     * @param inFlight messages that were received and not yet deleted
     * @param delayed messages that cannot be received yet
     */
    record Depth(long visible, long inFlight, long delayed) {

        private static Depth of(Map<QueueAttributeName, String> attributes) {
            return new Depth(
                    number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
                    number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
                    number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
        }

        private static long number(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
            return Long.parseLong(attributes.getOrDefault(name, "0"));
        }
    }
}
