package dev.attache.operations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** {@code /actuator/queues}: how many messages wait in each queue that this worker reads, and in its dead-letter queue. */
@Component
@Endpoint(id = "queues")
class QueuesEndpoint {

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
        Map<String, CompletableFuture<Depth>> asked = new LinkedHashMap<>();
        for (String queue : queues) {
            asked.put(queue, depth(queue));
            asked.put(queue + "-dlq", depth(queue + "-dlq"));
        }
        Map<String, Depth> depths = new LinkedHashMap<>();
        asked.forEach((queue, depth) -> depths.put(queue, depth.join()));
        return depths;
    }

    private CompletableFuture<Depth> depth(String queue) {
        return sqs.getQueueUrl(request -> request.queueName(queue))
                .thenCompose(url -> sqs.getQueueAttributes(request -> request.queueUrl(url.queueUrl()).attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED)))
                .thenApply(answer -> new Depth(
                        Long.parseLong(answer.attributes().get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)),
                        Long.parseLong(answer.attributes().get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)),
                        Long.parseLong(answer.attributes().get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))));
    }

    /**
     * How many messages a queue holds, approximately, as SQS does.
     *
     * @param visible  waiting to be received
     * @param inFlight received and not yet acknowledged
     * @param delayed  not yet to be received
     */
    record Depth(long visible, long inFlight, long delayed) {
    }
}
