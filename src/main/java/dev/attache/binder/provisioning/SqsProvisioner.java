package dev.attache.binder.provisioning;

import dev.attache.binder.message.InboundQueue;
import dev.attache.binder.outbound.OutboundClients;
import dev.attache.binder.outbound.OutboundDestination;
import dev.attache.binder.settings.SqsConsumerProperties;
import dev.attache.binder.settings.SqsProducerProperties;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.cloud.stream.provisioning.ConsumerDestination;
import org.springframework.cloud.stream.provisioning.ProducerDestination;
import org.springframework.cloud.stream.provisioning.ProvisioningException;
import org.springframework.cloud.stream.provisioning.ProvisioningProvider;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.ListTopicsResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Looks up the queues and topics of bindings. It creates none: a missing queue or topic stops the start with a message
 * that names it, and so does one that {@link QueueChecks} refuses.
 */
public class SqsProvisioner
        implements ProvisioningProvider<
                ExtendedConsumerProperties<SqsConsumerProperties>, ExtendedProducerProperties<SqsProducerProperties>> {

    static final String QUEUE_PREFIX = "queue:";

    private static final Pattern DEAD_LETTER_TARGET =
            Pattern.compile("\"deadLetterTargetArn\"\\s*:\\s*\"[^\"]*:([^:\"]+)\"");

    /** Amazon SNS API Reference, "CreateTopic": the names of topics. */
    private static final Pattern TOPIC_ARN =
            Pattern.compile("arn:aws[a-z-]*:sns:([a-z0-9-]+):\\d{12}:[A-Za-z0-9_-]{1,256}");

    private static final Pattern MAX_RECEIVE_COUNT = Pattern.compile("\"maxReceiveCount\"\\s*:\\s*\"?(\\d+)\"?");

    private final OutboundClients clients;

    private final QueueLookup queues;

    private final QueueChecks checks = new QueueChecks();

    public SqsProvisioner(OutboundClients clients) {
        this.clients = clients;
        this.queues = new QueueLookup(clients.sqs());
    }

    @Override
    public ConsumerDestination provisionConsumerDestination(
            String destination, String group, ExtendedConsumerProperties<SqsConsumerProperties> properties) {
        String binding = properties.getBindingName();
        QueueAddress address = QueueAddress.of(binding, destination);
        String name = address.name();
        QueueChecks.requireStandard(binding, name);
        address.requireRegion(binding, queues.region());
        String url = queues.url(address);
        Map<QueueAttributeName, String> attributes = queues.attributes(address, url);
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
        String deadLetterUrl = queues.deadLetterUrl(address, deadLetters);
        QueueChecks.requireUsableDeadLetters(
                binding, name, attributes, deadLetters, queues.attributesIfAllowed(deadLetters, deadLetterUrl));
        return new InboundQueue(name, url, deadLetterUrl, most, visibilityTimeout, maximumMessageSize);
    }

    @Override
    public ProducerDestination provisionProducerDestination(
            String name, ExtendedProducerProperties<SqsProducerProperties> properties) {
        String binding = properties.getBindingName();
        boolean prefixed = name.startsWith(QUEUE_PREFIX);
        if (prefixed || QueueAddress.isArn(name) || QueueAddress.isUrl(name)) {
            QueueAddress queue = QueueAddress.of(binding, prefixed ? name.substring(QUEUE_PREFIX.length()) : name);
            QueueChecks.requireStandard(binding, queue.name());
            queue.requireRegion(binding, queues.region());
            return new OutboundDestination.Queue(queue.name(), queues.url(queue));
        }
        QueueChecks.requireStandardTopic(binding, name);
        return new OutboundDestination.Topic(name.substring(name.lastIndexOf(':') + 1), topicArn(binding, name));
    }

    /** CreateTopic would return the ARN for a name as well, but it creates a missing topic. */
    private String topicArn(@Nullable String binding, String name) {
        SnsAsyncClient sns = clients.sns(name);
        if (name.startsWith("arn:")) {
            requireTopic(binding, name, sns);
            return name;
        }
        String token = null;
        do {
            String from = token;
            ListTopicsResponse page = QueueLookup.lookUp(
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

    private static void requireTopic(@Nullable String binding, String arn, SnsAsyncClient sns) {
        Matcher topic = TOPIC_ARN.matcher(arn);
        if (!topic.matches()) {
            throw new ProvisioningException(
                    ("The destination of binding %s is %s, which is the ARN of neither a topic nor a queue: set it to"
                                    + " arn:aws:sns:<region>:<account>:<name>, or to the topic's name")
                            .formatted(binding, arn));
        }
        String region = QueueLookup.region(sns::serviceClientConfiguration);
        if (region != null && !region.equals(topic.group(1))) {
            throw new ProvisioningException(
                    ("Topic %s of binding %s is in another region than the client of SNS, which uses %s: use a topic"
                                    + " there, or set spring.cloud.aws.region.static")
                            .formatted(arn, binding, region));
        }
    }
}
