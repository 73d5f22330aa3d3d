package dev.attache.sandbox.pages;

import dev.attache.topology.Topology;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What is in the dead-letter queues, and in the queues of events that SNS could not deliver. Messages are received with
 * a visibility timeout of zero, so they stay visible to everybody else.
 */
public final class DeadLetters {

    /** The most dead letters of one queue that are read. SQS chooses which. */
    static final int MAX_PER_QUEUE = 30;

    private static final int MAX_RECEIVED = 10;
    private static final String CODE = "attache-code";
    private static final String REASON = "attache-reason";

    /** A signed statement, with which the worker trusts a redriven message. */
    private static final String SENDER = "attache-sender";

    private final SqsClient sqs;
    private final List<String> queues;
    private final Map<String, String> urls = new ConcurrentHashMap<>();

    public DeadLetters(SqsClient sqs) {
        this.sqs = sqs;
        this.queues = Stream.concat(
                        Topology.queueNames().stream().map(Topology::deadLetters),
                        Topology.definition().undeliveredQueues().stream())
                .toList();
    }

    /**
     * A dead letter.
     *
     * @param key unique, and the same each time that the dead letter is shown
     * @param code empty if SQS moved the message itself, or SNS could not deliver it
     * @param reason empty as well then
     * @param attributes the other message attributes, by name
     * @param text the message's body without secrets
     */
    public record DeadLetter(
            String key,
            String queue,
            Instant sentAt,
            String code,
            String reason,
            Map<String, String> attributes,
            EventSummary summary,
            String text) {}

    /** Those that could be received, newest first. A message that somebody else has received is not among them. */
    public List<DeadLetter> newestFirst() {
        return queues.stream()
                .filter(this::hasVisibleMessages)
                .flatMap(queue -> read(queue).stream())
                .sorted(Comparator.comparing(DeadLetter::sentAt).reversed())
                .toList();
    }

    private boolean hasVisibleMessages(String queue) {
        var visible = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
        return !sqs.getQueueAttributes(request -> request.queueUrl(url(queue)).attributeNames(visible))
                .attributes()
                .getOrDefault(visible, "0")
                .equals("0");
    }

    /** Receives until a message comes a second time, none comes, or there are enough. */
    private List<DeadLetter> read(String queue) {
        var found = new LinkedHashMap<String, Message>();
        List<Message> received;
        var known = 0;
        do {
            known = found.size();
            received = sqs.receiveMessage(request -> request.queueUrl(url(queue))
                            .maxNumberOfMessages(MAX_RECEIVED)
                            .visibilityTimeout(0)
                            .messageAttributeNames("All")
                            .messageSystemAttributeNames(MessageSystemAttributeName.SENT_TIMESTAMP))
                    .messages();
            received.forEach(message -> found.put(message.messageId(), message));
        } while (found.size() == known + received.size() && !received.isEmpty() && found.size() < MAX_PER_QUEUE);
        return found.values().stream()
                .map(message -> deadLetter(queue, message))
                .toList();
    }

    private static DeadLetter deadLetter(String queue, Message message) {
        var attributes = new TreeMap<String, String>();
        message.messageAttributes().forEach((name, value) -> {
            if (value.stringValue() != null) {
                attributes.put(name, name.equals(SENDER) ? "…" : value.stringValue());
            }
        });
        var code = attributes.remove(CODE);
        var reason = attributes.remove(REASON);
        return new DeadLetter(
                "dead-" + message.messageId(),
                queue,
                Instant.ofEpochMilli(Long.parseLong(
                        message.attributes().getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, "0"))),
                code == null ? "" : code,
                reason == null ? "" : SecretFreeText.of(reason),
                attributes,
                EventSummary.of(SecretFreeText.parsed(message.body())),
                SecretFreeText.of(message.body()));
    }

    private String url(String queue) {
        return urls.computeIfAbsent(
                queue,
                name -> sqs.getQueueUrl(request -> request.queueName(name)).queueUrl());
    }
}
