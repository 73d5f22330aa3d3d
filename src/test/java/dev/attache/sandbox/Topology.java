package dev.attache.sandbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;

/**
 * Makes all that the worker expects to find: queues with their dead-letter queues, topics, subscriptions, the bucket
 * and three files in it. What is already there stays. In production this is the infrastructure's work; the worker
 * itself makes nothing.
 *
 * @param aws where
 * @param bucket the bucket's name
 * @param wiring how this AWS lets topics and bucket send to the queues
 * @param maxReceiveCount after how many receives a message goes to the dead-letter queue
 * @param visibility for how long a received message is hidden from others; whole seconds
 */
public record Topology(AwsClients aws, String bucket, TopologyWiring wiring, int maxReceiveCount, Duration visibility) {

    /** The queues that the worker reads. Each has a dead-letter queue, {@code <name>-dlq}. */
    public static final List<String> QUEUES = List.of(
            "attachment-requests",
            "purchases-completed",
            "objects-created",
            "request-parts",
            "email-deliveries",
            "newsletter-deliveries");

    /** Queues of the sandbox's own, so that tests and newcomers can read what was published; without dead letters. */
    public static final List<String> INBOXES = List.of("deliveries-inbox", "attachment-events-inbox");

    /** Where the topic's deliveries go that cannot be delivered to the queues of the worker. */
    public static final String UNDELIVERED = "deliveries-undelivered";

    private static final Duration RETENTION = Duration.ofDays(4);
    // A redriven message keeps its first timestamp, so this must be the longer.
    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(14);
    private static final int MAX_BYTES = 256 * 1024;
    // The most that SQS takes: a dead letter is larger than its message, by its attributes.
    private static final int DEAD_LETTER_MAX_BYTES = 1024 * 1024;

    /** With the receive count and the visibility timeout that the documentation recommends. */
    public Topology(AwsClients aws, String bucket, TopologyWiring wiring) {
        this(aws, bucket, wiring, 10, Duration.ofSeconds(60));
    }

    /** The name of a queue's dead-letter queue. */
    public static String deadLetters(String queue) {
        return queue + "-dlq";
    }

    /** Every queue that the topology has. */
    public static List<String> allQueues() {
        return Stream.of(
                        QUEUES.stream(),
                        QUEUES.stream().map(Topology::deadLetters),
                        INBOXES.stream(),
                        Stream.of(UNDELIVERED))
                .flatMap(names -> names)
                .toList();
    }

    /** Makes everything. */
    public void create() {
        for (var queue : QUEUES) {
            createQueue(deadLetters(queue), DEAD_LETTER_RETENTION, DEAD_LETTER_MAX_BYTES, Map.of());
            createQueue(
                    queue,
                    RETENTION,
                    MAX_BYTES,
                    Map.of(
                            QueueAttributeName.VISIBILITY_TIMEOUT,
                            String.valueOf(visibility.toSeconds()),
                            QueueAttributeName.REDRIVE_POLICY,
                            "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%d\"}"
                                    .formatted(queueArn(deadLetters(queue)), maxReceiveCount)));
        }
        createQueue(UNDELIVERED, DEAD_LETTER_RETENTION, DEAD_LETTER_MAX_BYTES, Map.of());
        INBOXES.forEach(queue -> createQueue(queue, RETENTION, MAX_BYTES, Map.of()));
        createBucket();
        var deliveries =
                aws.sns().createTopic(request -> request.name("deliveries")).topicArn();
        var events = aws.sns()
                .createTopic(request -> request.name("attachment-events"))
                .topicArn();

        wiring.letTopicSend(deliveries, queueUrl(UNDELIVERED), queueArn(UNDELIVERED));
        var redrive = "{\"deadLetterTargetArn\":\"%s\"}".formatted(queueArn(UNDELIVERED));
        letTopicSend(
                deliveries,
                "email-deliveries",
                Map.of("FilterPolicy", "{\"channel\":[\"email\"]}", "RedrivePolicy", redrive));
        letTopicSend(
                deliveries,
                "newsletter-deliveries",
                Map.of("FilterPolicy", "{\"channel\":[\"newsletter\"]}", "RedrivePolicy", redrive));
        letTopicSend(deliveries, "deliveries-inbox", Map.of());
        letTopicSend(events, "attachment-events-inbox", Map.of());
        wiring.letBucketSend(bucket, "uploads/", queueUrl("objects-created"), queueArn("objects-created"));
        SampleFiles.all()
                .forEach(file -> aws.s3()
                        .putObject(
                                request ->
                                        request.bucket(bucket).key(file.key()).contentType(file.contentType()),
                                RequestBody.fromBytes(file.content())));
    }

    private void letTopicSend(String topicArn, String queue, Map<String, String> filter) {
        wiring.letTopicSend(topicArn, queueUrl(queue), queueArn(queue));
        var attributes = new HashMap<>(filter);
        attributes.put("RawMessageDelivery", "true");
        aws.sns()
                .subscribe(request -> request.topicArn(topicArn)
                        .protocol("sqs")
                        .endpoint(queueArn(queue))
                        .attributes(attributes)
                        .returnSubscriptionArn(true));
    }

    private void createQueue(String name, Duration retention, int maxBytes, Map<QueueAttributeName, String> more) {
        var attributes = new HashMap<>(more);
        attributes.put(QueueAttributeName.MESSAGE_RETENTION_PERIOD, String.valueOf(retention.toSeconds()));
        attributes.put(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, String.valueOf(maxBytes));
        try {
            aws.sqs().createQueue(request -> request.queueName(name).attributes(attributes));
        } catch (QueueNameExistsException different) {
            aws.sqs()
                    .setQueueAttributes(
                            request -> request.queueUrl(queueUrl(name)).attributes(attributes));
        }
    }

    private void createBucket() {
        try {
            aws.s3().createBucket(request -> request.bucket(bucket));
        } catch (BucketAlreadyOwnedByYouException exists) {
            // As it should be.
        }
    }

    private String queueUrl(String name) {
        return aws.sqs().getQueueUrl(request -> request.queueName(name)).queueUrl();
    }

    private String queueArn(String name) {
        return aws.sqs()
                .getQueueAttributes(
                        request -> request.queueUrl(queueUrl(name)).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
    }
}
