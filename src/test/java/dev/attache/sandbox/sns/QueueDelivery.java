package dev.attache.sandbox.sns;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends published messages to the queues. Publishing does not fail if a queue cannot be reached: the message goes to
 * the subscription's dead-letter queue, or is lost if there is none.
 */
final class QueueDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(QueueDelivery.class);
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * SQS accepts no more. SNS drops a raw message with more attributes (Amazon SNS Developer Guide, "raw message
     * delivery").
     */
    private static final int MAX_RAW_ATTRIBUTES = 10;

    private final SqsClient sqs;
    private final Map<String, String> queueUrls = new ConcurrentHashMap<>();

    QueueDelivery(SqsClient sqs) {
        this.sqs = sqs;
    }

    void deliver(List<SnsMessage> messages, List<Subscription> subscriptions) {
        for (var subscription : subscriptions) {
            var entries = messages.stream()
                    .filter(subscription::wants)
                    .filter(message -> !isDropped(message, subscription))
                    .map(message -> entry(message, subscription))
                    .toList();
            inBatches(entries).forEach(batch -> deliver(batch, subscription));
        }
    }

    private void deliver(List<SendMessageBatchRequestEntry> batch, Subscription subscription) {
        var undelivered = send(subscription.queueArn(), batch);
        if (!undelivered.isEmpty() && subscription.deadLetters() != null) {
            send(subscription.deadLetters(), undelivered);
        }
    }

    /** Sends to a queue, and returns the entries that failed. */
    private List<SendMessageBatchRequestEntry> send(String queueArn, List<SendMessageBatchRequestEntry> batch) {
        try {
            var url = queueUrls.computeIfAbsent(queueArn, this::queueUrl);
            var response = sqs.sendMessageBatch(request -> request.queueUrl(url).entries(batch));
            response.failed().forEach(failure -> LOG.warn("Not delivered to {}: {}", queueArn, failure.message()));
            var failed =
                    response.failed().stream().map(BatchResultErrorEntry::id).collect(Collectors.toSet());
            return batch.stream().filter(entry -> failed.contains(entry.id())).toList();
        } catch (SdkException failed) {
            queueUrls.remove(queueArn);
            LOG.warn("Not delivered to {}: {}", queueArn, failed.getMessage());
            return batch;
        }
    }

    private String queueUrl(String queueArn) {
        var name = queueArn.substring(queueArn.lastIndexOf(':') + 1);
        return sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
    }

    private static boolean isDropped(SnsMessage message, Subscription subscription) {
        var dropped = subscription.raw() && message.attributes().size() > MAX_RAW_ATTRIBUTES;
        if (dropped) {
            LOG.warn("Not delivered to {}: more than {} attributes", subscription.queueArn(), MAX_RAW_ATTRIBUTES);
        }
        return dropped;
    }

    private static SendMessageBatchRequestEntry entry(SnsMessage message, Subscription subscription) {
        var entry = SendMessageBatchRequestEntry.builder().id(message.id());
        if (!subscription.raw()) {
            return entry.messageBody(envelope(message, subscription)).build();
        }
        return entry.messageBody(message.body())
                .messageAttributes(message.attributes().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                attribute -> attribute.getValue().toSqs())))
                .build();
    }

    /** The envelope of a message (Amazon SNS Developer Guide, "HTTP/HTTPS notification JSON format"); unsigned. */
    private static String envelope(SnsMessage message, Subscription subscription) {
        var envelope = new LinkedHashMap<String, Object>();
        envelope.put("Type", "Notification");
        envelope.put("MessageId", message.id());
        envelope.put("TopicArn", message.topicArn());
        if (message.subject() != null) {
            envelope.put("Subject", message.subject());
        }
        envelope.put("Message", message.body());
        envelope.put("Timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        envelope.put("SignatureVersion", "1");
        envelope.put("Signature", "c2FuZGJveA==");
        envelope.put("UnsubscribeURL", "http://localhost/?Action=Unsubscribe&SubscriptionArn=" + subscription.arn());
        if (!message.attributes().isEmpty()) {
            var attributes = new LinkedHashMap<String, Object>();
            message.attributes()
                    .forEach((name, attribute) ->
                            attributes.put(name, Map.of("Type", attribute.dataType(), "Value", attribute.value())));
            envelope.put("MessageAttributes", attributes);
        }
        return JSON.writeValueAsString(envelope);
    }

    /** With the envelope messages are longer, so one published batch may need several batches. */
    private static List<List<SendMessageBatchRequestEntry>> inBatches(List<SendMessageBatchRequestEntry> entries) {
        var batches = new ArrayList<List<SendMessageBatchRequestEntry>>();
        var bytes = 0;
        for (var entry : entries) {
            var size = 4 * entry.messageBody().length();
            if (batches.isEmpty() || bytes + size > SnsMessage.MAX_BYTES) {
                batches.add(new ArrayList<>());
                bytes = 0;
            }
            batches.getLast().add(entry);
            bytes += size;
        }
        return batches;
    }
}
