package dev.attache.binder;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.cloud.stream.provisioning.ConsumerDestination;
import org.springframework.cloud.stream.provisioning.ProducerDestination;
import org.springframework.cloud.stream.provisioning.ProvisioningException;
import org.springframework.cloud.stream.provisioning.ProvisioningProvider;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.ListTopicsResponse;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * Looks queues and topics up, and creates none: what is missing stops the start with a sentence that names it.
 */
class SqsProvisioner implements ProvisioningProvider<ExtendedConsumerProperties<SqsConsumerProperties>,
        ExtendedProducerProperties<SqsProducerProperties>> {

    static final String QUEUE_PREFIX = "queue:";

    private static final Pattern DEAD_LETTER_TARGET =
            Pattern.compile("\"deadLetterTargetArn\"\\s*:\\s*\"[^\"]*:([^:\"]+)\"");

    private static final Pattern MAX_RECEIVE_COUNT = Pattern.compile("\"maxReceiveCount\"\\s*:\\s*\"?(\\d+)\"?");

    private final SqsAsyncClient sqs;

    private final SnsAsyncClient sns;

    SqsProvisioner(SqsAsyncClient sqs, SnsAsyncClient sns) {
        this.sqs = sqs;
        this.sns = sns;
    }

    @Override
    public ConsumerDestination provisionConsumerDestination(String name, String group,
            ExtendedConsumerProperties<SqsConsumerProperties> properties) {
        String url = queueUrl(name);
        Map<QueueAttributeName, String> attributes = asked("the attributes of queue " + name, () -> sqs
                .getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL)).join())
                .attributes();
        Duration visibilityTimeout = Duration.ofSeconds(
                Long.parseLong(attributes.getOrDefault(QueueAttributeName.VISIBILITY_TIMEOUT, "30")));
        long maximumMessageSize = Long.parseLong(attributes.getOrDefault(QueueAttributeName.MAXIMUM_MESSAGE_SIZE,
                String.valueOf(InboundQueue.USUAL_MESSAGE_SIZE)));
        String redrivePolicy = attributes.getOrDefault(QueueAttributeName.REDRIVE_POLICY, "");
        Matcher deadLetterTarget = DEAD_LETTER_TARGET.matcher(redrivePolicy);
        if (!deadLetterTarget.find()) {
            if (properties.getExtension().isDeadLetterQueueOptional()) {
                return new InboundQueue(name, url, null, Integer.MAX_VALUE, visibilityTimeout, maximumMessageSize);
            }
            throw new ProvisioningException(("Queue %s has no redrive policy, so a message that can never succeed would have "
                    + "nowhere to go: give it a dead-letter queue, or set dead-letter-queue-optional for its binding")
                    .formatted(name));
        }
        Matcher maxReceiveCount = MAX_RECEIVE_COUNT.matcher(redrivePolicy);
        int most = maxReceiveCount.find() ? Integer.parseInt(maxReceiveCount.group(1)) : Integer.MAX_VALUE;
        return new InboundQueue(name, url, queueUrl(deadLetterTarget.group(1)), most, visibilityTimeout,
                maximumMessageSize);
    }

    @Override
    public ProducerDestination provisionProducerDestination(String name,
            ExtendedProducerProperties<SqsProducerProperties> properties) {
        if (name.startsWith(QUEUE_PREFIX)) {
            String queue = name.substring(QUEUE_PREFIX.length());
            return new OutboundDestination.Queue(queue, queueUrl(queue));
        }
        return new OutboundDestination.Topic(name, topicArn(name));
    }

    private String queueUrl(String name) {
        try {
            return asked("queue " + name, () -> sqs.getQueueUrl(request -> request.queueName(name)).join()).queueUrl();
        } catch (QueueDoesNotExistException e) {
            throw new ProvisioningException(("There is no queue %s in this account and region: create it, or correct the "
                    + "destination that names it. Attaché creates nothing by itself").formatted(name));
        }
    }

    /** CreateTopic would be the usual way to turn a name into an ARN, but it creates what is missing. */
    private String topicArn(String name) {
        if (name.startsWith("arn:")) {
            return name;
        }
        String token = null;
        do {
            String from = token;
            ListTopicsResponse page = asked("the topics", () -> sns.listTopics(request -> request.nextToken(from)).join());
            for (var topic : page.topics()) {
                if (topic.topicArn().endsWith(":" + name)) {
                    return topic.topicArn();
                }
            }
            token = page.nextToken();
        } while (token != null && !token.isEmpty());
        throw new ProvisioningException(("There is no topic %s in this account and region: create it, or write its ARN as the "
                + "destination. Attaché creates nothing by itself").formatted(name));
    }

    private static <T> T asked(String what, Supplier<T> question) {
        try {
            return question.get();
        } catch (CompletionException e) {
            if (e.getCause() instanceof QueueDoesNotExistException missing) {
                throw missing;
            }
            throw new ProvisioningException("AWS could not be asked for " + what
                    + ": check endpoint, region, credentials and permissions. It said: " + e.getCause().getMessage(), e.getCause());
        }
    }
}
