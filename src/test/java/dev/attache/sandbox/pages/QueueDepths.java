package dev.attache.sandbox.pages;

import dev.attache.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The number of messages in the worker's queues. */
public final class QueueDepths {

    private final SqsClient sqs;
    private final Map<String, String> urls = new ConcurrentHashMap<>();

    public QueueDepths(SqsClient sqs) {
        this.sqs = sqs;
    }

    /**
     * The approximate number of messages in a queue.
     *
     * @param visible waiting
     * @param inFlight received, not deleted yet
     * @param deadLetters in its dead-letter queue
     */
    public record Depth(String queue, int visible, int inFlight, int deadLetters) {}

    public List<Depth> now() {
        return Topology.queueNames().stream().map(this::depth).toList();
    }

    private Depth depth(String queue) {
        return new Depth(
                queue,
                count(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
                count(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
                count(Topology.deadLetters(queue), QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
    }

    private int count(String queue, QueueAttributeName what) {
        var url = urls.computeIfAbsent(
                queue,
                name -> sqs.getQueueUrl(request -> request.queueName(name)).queueUrl());
        return Integer.parseInt(
                sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(what))
                        .attributes()
                        .get(what));
    }
}
