package dev.attache.sandbox;

import dev.attache.topology.Topology;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creates what the worker needs: the queues, topics, subscriptions and bucket of {@link Topology}, and the sample
 * files. Settings of queues that exist are overwritten. The worker itself creates nothing.
 *
 * @param aws the clients
 * @param bucket the bucket's name
 * @param wiring how this AWS lets topics and the bucket send to queues
 * @param maxReceiveCount after how many receives SQS moves a message to the dead-letter queue
 * @param visibility how long a received message is hidden from other receivers; whole seconds
 */
public record TopologyProvisioner(
        AwsClients aws, String bucket, TopologyWiring wiring, int maxReceiveCount, Duration visibility) {

    /** Subscribed to both topics by the sandbox, so that tests and people can read what was published. */
    public static final List<String> INBOXES = List.of("deliveries-inbox", "attachment-events-inbox");

    private static final Topology TOPOLOGY = Topology.definition();

    private static final JsonMapper JSON = new JsonMapper();

    /** With the receive count and the visibility timeout of the definition. */
    public TopologyProvisioner(AwsClients aws, String bucket, TopologyWiring wiring) {
        this(
                aws,
                bucket,
                wiring,
                TOPOLOGY.queueSettings().receives(),
                TOPOLOGY.queueSettings().visibility());
    }

    public void provision() {
        for (String queue : Topology.queueNames()) {
            createQueue(Topology.deadLetters(queue), TOPOLOGY.deadLetterQueueSettings(), Map.of());
            createQueue(
                    queue,
                    TOPOLOGY.queueSettings(),
                    Map.of(
                            QueueAttributeName.VISIBILITY_TIMEOUT,
                            String.valueOf(visibility.toSeconds()),
                            QueueAttributeName.REDRIVE_POLICY,
                            "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%d\"}"
                                    .formatted(queueArn(Topology.deadLetters(queue)), maxReceiveCount)));
        }
        TOPOLOGY.undeliveredQueues().forEach(queue -> createQueue(queue, TOPOLOGY.deadLetterQueueSettings(), Map.of()));
        INBOXES.forEach(queue -> createQueue(queue, TOPOLOGY.queueSettings(), Map.of()));
        createBucket();
        TOPOLOGY.topics().forEach(this::createTopic);
        TOPOLOGY.bucket()
                .notifications()
                .forEach(it -> wiring.letBucketSend(bucket, it, queueUrl(it.queue()), queueArn(it.queue())));
        wiring.letPagesUpload(bucket, TOPOLOGY.bucket().cors());
        SampleFiles.all()
                .forEach(file -> aws.s3()
                        .putObject(
                                request ->
                                        request.bucket(bucket).key(file.key()).contentType(file.contentType()),
                                RequestBody.fromBytes(file.content())));
    }

    private void createTopic(String name, Topology.Topic topic) {
        String arn = aws.sns().createTopic(request -> request.name(name)).topicArn();
        for (Topology.Subscription subscription : topic.subscriptions()) {
            String undelivered = subscription.undelivered();
            wiring.letTopicSend(arn, queueUrl(undelivered), queueArn(undelivered));
            subscribe(
                    arn,
                    subscription.queue(),
                    Map.of(
                            "RawMessageDelivery",
                            String.valueOf(subscription.rawMessageDelivery()),
                            "FilterPolicy",
                            JSON.writeValueAsString(subscription.filterPolicy()),
                            "RedrivePolicy",
                            "{\"deadLetterTargetArn\":\"%s\"}".formatted(queueArn(undelivered))));
        }
        subscribe(arn, name + "-inbox", Map.of("RawMessageDelivery", "true"));
    }

    private void subscribe(String topicArn, String queue, Map<String, String> attributes) {
        wiring.letTopicSend(topicArn, queueUrl(queue), queueArn(queue));
        aws.sns()
                .subscribe(request -> request.topicArn(topicArn)
                        .protocol("sqs")
                        .endpoint(queueArn(queue))
                        .attributes(attributes)
                        .returnSubscriptionArn(true));
    }

    private void createQueue(String name, Topology.QueueSettings settings, Map<QueueAttributeName, String> more) {
        var attributes = new HashMap<>(more);
        attributes.put(QueueAttributeName.MESSAGE_RETENTION_PERIOD, String.valueOf(settings.messageRetentionPeriod()));
        attributes.put(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, String.valueOf(settings.maximumMessageSize()));
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
            // An earlier run has created it.
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
