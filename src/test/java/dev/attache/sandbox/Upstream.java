package dev.attache.sandbox;

import dev.attache.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * An upstream system: sends events to the worker's queues and reads the messages that the worker publishes. Messages
 * that are read are deleted from the queue and kept here, so that each test finds its own, whichever test received
 * them.
 */
public final class Upstream {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SqsClient sqs;
    private final Map<String, List<ReadMessage>> read = new ConcurrentHashMap<>();
    private final Map<String, String> urls = new ConcurrentHashMap<>();

    /**
     * A message that was received and deleted.
     *
     * @param attributes its message attributes, as strings
     */
    public record ReadMessage(String messageId, String body, Map<String, String> attributes, int receiveCount) {

        /** Without the body: links are secrets, and failing assertions print what they compare. */
        @Override
        public String toString() {
            return "ReadMessage[messageId=%s, attributes=%s]".formatted(messageId, attributes.keySet());
        }
    }

    public Upstream(AwsClients aws) {
        this.sqs = aws.sqs();
    }

    /** Sends a body and returns SQS's message id. */
    public String send(String queue, String body) {
        return send(queue, body, Map.of());
    }

    /** The same, with message attributes of type String. */
    public String send(String queue, String body, Map<String, String> attributes) {
        var typed = attributes.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue(entry.getValue())
                                .build()));
        return sqs.sendMessage(request ->
                        request.queueUrl(url(queue)).messageBody(body).messageAttributes(typed))
                .messageId();
    }

    /**
     * Waits for a message.
     *
     * @throws org.awaitility.core.ConditionTimeoutException if none arrives within 20 seconds
     */
    public ReadMessage await(String queue, Predicate<ReadMessage> fits) {
        return Awaitility.await("a message in " + queue)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .pollInSameThread()
                .until(() -> messages(queue).stream().filter(fits).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** Waits for a message whose body contains a text, such as an id. */
    public ReadMessage awaitContaining(String queue, String text) {
        return await(queue, message -> message.body().contains(text));
    }

    /** Waits for a message in the queue's dead-letter queue whose body contains a text. */
    public ReadMessage awaitDeadLetter(String queue, String text) {
        return awaitContaining(Topology.deadLetters(queue), text);
    }

    /** Receives the visible messages of the queue, and returns all that were received from it so far. */
    public List<ReadMessage> messages(String queue) {
        var kept = read.computeIfAbsent(queue, name -> new CopyOnWriteArrayList<>());
        List<Message> received;
        do {
            received = sqs.receiveMessage(request -> request.queueUrl(url(queue))
                            .maxNumberOfMessages(10)
                            .messageAttributeNames("All")
                            .messageSystemAttributeNames(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
                    .messages();
            for (var message : received) {
                kept.add(read(message));
                sqs.deleteMessage(request -> request.queueUrl(url(queue)).receiptHandle(message.receiptHandle()));
            }
        } while (!received.isEmpty());
        return List.copyOf(kept);
    }

    /** The approximate number of messages in a queue: visible, in flight and delayed. */
    public int depth(String queue) {
        return sqs
                .getQueueAttributes(request -> request.queueUrl(url(queue))
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    /** Waits until a queue is empty, in flight or not. */
    public void awaitDrained(String queue) {
        Awaitility.await(queue + " to be empty").atMost(PATIENCE).until(() -> depth(queue) == 0);
    }

    private String url(String queue) {
        return urls.computeIfAbsent(
                queue,
                name -> sqs.getQueueUrl(request -> request.queueName(name)).queueUrl());
    }

    private static ReadMessage read(Message message) {
        return new ReadMessage(
                message.messageId(),
                message.body(),
                message.messageAttributes().entrySet().stream()
                        .filter(entry -> entry.getValue().stringValue() != null)
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().stringValue())),
                Integer.parseInt(
                        message.attributes().getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")));
    }
}
