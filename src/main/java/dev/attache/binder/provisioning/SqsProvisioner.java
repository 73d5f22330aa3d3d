package dev.attache.binder.provisioning;

import dev.attache.binder.message.InboundQueue;
import dev.attache.binder.outbound.OutboundClients;
import dev.attache.binder.outbound.OutboundDestination;
import dev.attache.binder.settings.SqsConsumerProperties;
import dev.attache.binder.settings.SqsProducerProperties;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Looks up the queues and topics of bindings. It creates none: a missing queue or topic stops the start with a message
 * that names it, and so does one that {@link QueueChecks} refuses.
 */
public class SqsProvisioner
        implements ProvisioningProvider<
                ExtendedConsumerProperties<SqsConsumerProperties>, ExtendedProducerProperties<SqsProducerProperties>> {

    private static final Logger log = LoggerFactory.getLogger(SqsProvisioner.class);

    static final String QUEUE_PREFIX = "queue:";

    private static final Pattern DEAD_LETTER_TARGET =
            Pattern.compile("\"deadLetterTargetArn\"\\s*:\\s*\"[^\"]*:([^:\"]+)\"");

    private static final Pattern MAX_RECEIVE_COUNT = Pattern.compile("\"maxReceiveCount\"\\s*:\\s*\"?(\\d+)\"?");

    private final OutboundClients clients;

    private final SqsAsyncClient sqs;

    private final QueueChecks checks = new QueueChecks();

    public SqsProvisioner(OutboundClients clients) {
        this.clients = clients;
        this.sqs = clients.sqs();
    }

    @Override
    public ConsumerDestination provisionConsumerDestination(
            String name, String group, ExtendedConsumerProperties<SqsConsumerProperties> properties) {
        String binding = properties.getBindingName();
        QueueChecks.requireStandard(binding, name);
        String url = queueUrl(name);
        Map<QueueAttributeName, String> attributes = lookUp(
                        "the attributes of queue " + name,
                        () -> sqs.getQueueAttributes(
                                        request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                                .join())
                .attributes();
        long maximumMessageSize = Long.parseLong(attributes.getOrDefault(
                QueueAttributeName.MAXIMUM_MESSAGE_SIZE, String.valueOf(InboundQueue.USUAL_MESSAGE_SIZE)));
        Duration visibilityTimeout = properties.getExtension().getVisibilityTimeout();
        String redrivePolicy = attributes.getOrDefault(QueueAttributeName.REDRIVE_POLICY, "");
        Matcher deadLetterTarget = DEAD_LETTER_TARGET.matcher(redrivePolicy);
        if (!deadLetterTarget.find()) {
            QueueChecks.requireUsable(binding, name, attributes, Integer.MAX_VALUE, visibilityTimeout);
            checks.requireNoInputOfDeadLetters(binding, name, null);
            if (properties.getExtension().isDeadLetterQueueOptional()) {
                return new InboundQueue(name, url, null, Integer.MAX_VALUE, visibilityTimeout, maximumMessageSize);
            }
            throw new ProvisioningException(
                    ("Queue %s has no redrive policy, so a rejected message would be lost: give the queue a"
                                    + " dead-letter queue, or set dead-letter-queue-optional for its binding")
                            .formatted(name));
        }
        Matcher maxReceiveCount = MAX_RECEIVE_COUNT.matcher(redrivePolicy);
        int most = maxReceiveCount.find() ? Integer.parseInt(maxReceiveCount.group(1)) : Integer.MAX_VALUE;
        QueueChecks.requireUsable(binding, name, attributes, most, visibilityTimeout);
        String deadLetters = deadLetterTarget.group(1);
        checks.requireNoInputOfDeadLetters(binding, name, deadLetters);
        QueueChecks.requireStandard(binding, deadLetters);
        String deadLetterUrl = deadLetterUrl(name, deadLetters);
        QueueChecks.requireUsableDeadLetters(
                binding, name, attributes, deadLetters, attributesIfAllowed(deadLetters, deadLetterUrl));
        return new InboundQueue(name, url, deadLetterUrl, most, visibilityTimeout, maximumMessageSize);
    }

    private String deadLetterUrl(String queue, String deadLetters) {
        try {
            return url(deadLetters);
        } catch (QueueDoesNotExistException e) {
            throw new ProvisioningException(
                    ("Queue %s has the dead-letter queue %s, but there is none of that name in this account and"
                                    + " region: create it, or correct the queue's redrive policy")
                            .formatted(queue, deadLetters));
        }
    }

    /** The permission to write dead letters does not include the one to read their queue's attributes. */
    private Map<QueueAttributeName, String> attributesIfAllowed(String name, String url) {
        try {
            return sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                    .join()
                    .attributes();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SqsException denied && isDenial(denied)) {
                log.info(
                        "Size and retention of dead-letter queue {} are not checked: sqs:GetQueueAttributes on it is"
                                + " denied",
                        name);
                return Map.of();
            }
            throw lookUpFailed("the attributes of queue " + name, e);
        }
    }

    /** SQS answers 403, or 400 with a code of its JSON protocol. */
    private static boolean isDenial(SqsException error) {
        return error.statusCode() == 403
                || (error.awsErrorDetails() != null
                        && String.valueOf(error.awsErrorDetails().errorCode()).contains("AccessDenied"));
    }

    @Override
    public ProducerDestination provisionProducerDestination(
            String name, ExtendedProducerProperties<SqsProducerProperties> properties) {
        if (name.startsWith(QUEUE_PREFIX)) {
            String queue = name.substring(QUEUE_PREFIX.length());
            QueueChecks.requireStandard(properties.getBindingName(), queue);
            return new OutboundDestination.Queue(queue, queueUrl(queue));
        }
        QueueChecks.requireStandardTopic(properties.getBindingName(), name);
        return new OutboundDestination.Topic(name, topicArn(name));
    }

    private String queueUrl(String name) {
        try {
            return url(name);
        } catch (QueueDoesNotExistException e) {
            throw new ProvisioningException(
                    ("There is no queue %s in this account and region: create it, or correct the destination that"
                                    + " names it. The binder does not create queues")
                            .formatted(name));
        }
    }

    private String url(String name) {
        return lookUp(
                        "queue " + name,
                        () -> sqs.getQueueUrl(request -> request.queueName(name))
                                .join())
                .queueUrl();
    }

    /** CreateTopic would return the ARN for a name as well, but it creates a missing topic. */
    private String topicArn(String name) {
        if (name.startsWith("arn:")) {
            return name;
        }
        SnsAsyncClient sns = clients.sns(name);
        String token = null;
        do {
            String from = token;
            ListTopicsResponse page = lookUp(
                    "the topics",
                    () -> sns.listTopics(request -> request.nextToken(from)).join());
            for (var topic : page.topics()) {
                if (topic.topicArn().endsWith(":" + name)) {
                    return topic.topicArn();
                }
            }
            token = page.nextToken();
        } while (token != null && !token.isEmpty());
        throw new ProvisioningException(
                ("There is no topic %s in this account and region: create it, or use its ARN as the destination."
                                + " The binder does not create topics")
                        .formatted(name));
    }

    private static <T> T lookUp(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (CompletionException e) {
            if (e.getCause() instanceof QueueDoesNotExistException missing) {
                throw missing;
            }
            throw lookUpFailed(what, e);
        }
    }

    private static ProvisioningException lookUpFailed(String what, CompletionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new ProvisioningException(
                "AWS could not be asked for " + what
                        + ": check endpoint, region, credentials and permissions. The cause: "
                        + cause.getMessage(),
                cause);
    }
}
