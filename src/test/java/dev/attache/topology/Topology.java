package dev.attache.topology;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The queues, topics and bucket settings in {@code infra/topology.yaml}. */
public record Topology(
        QueueSettings queueSettings,
        QueueSettings deadLetterQueueSettings,
        Map<String, Queue> queues,
        Map<String, Topic> topics,
        Bucket bucket) {

    private static final Topology DEFINITION = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readValue(Path.of("infra", "topology.yaml").toFile(), Topology.class);

    /** The file's content. */
    public static Topology definition() {
        return DEFINITION;
    }

    /** The names of the queues that the worker receives from. */
    public static List<String> queueNames() {
        return List.copyOf(DEFINITION.queues().keySet());
    }

    /** The name of a queue's dead-letter queue. */
    public static String deadLetters(String queue) {
        return queue + "-dlq";
    }

    /** The names of the queues that keep messages which SNS could not deliver. */
    public List<String> undeliveredQueues() {
        return subscriptions().map(Subscription::undelivered).distinct().toList();
    }

    /** The names of all queues: the worker's, their dead-letter queues, and those of undelivered messages. */
    public List<String> allQueues() {
        return Stream.of(
                        queues.keySet().stream(),
                        queues.keySet().stream().map(Topology::deadLetters),
                        undeliveredQueues().stream())
                .flatMap(names -> names)
                .toList();
    }

    public Stream<Subscription> subscriptions() {
        return topics.values().stream().flatMap(topic -> topic.subscriptions().stream());
    }

    /**
     * Attributes of queues (Amazon SQS API Reference, "SetQueueAttributes").
     *
     * @param visibilityTimeout in seconds; absent for dead-letter queues
     * @param messageRetentionPeriod in seconds
     * @param maximumMessageSize in bytes
     * @param maxReceiveCount of the redrive policy; absent for dead-letter queues
     * @param receiveMessageWaitTimeSeconds absent for dead-letter queues
     * @param redrivePermission of the redrive-allow policy; absent for queues that are not dead-letter queues
     * @param sqsManagedSse whether SQS encrypts messages with its own keys if no KMS key is given
     */
    public record QueueSettings(
            @Nullable Integer visibilityTimeout,
            int messageRetentionPeriod,
            int maximumMessageSize,
            @Nullable Integer maxReceiveCount,
            @Nullable Integer receiveMessageWaitTimeSeconds,
            @Nullable String redrivePermission,
            boolean sqsManagedSse) {

        /** @throws java.util.NoSuchElementException for dead-letter queues */
        public Duration visibility() {
            return Duration.ofSeconds(Optional.ofNullable(visibilityTimeout).orElseThrow());
        }

        /** @throws java.util.NoSuchElementException for dead-letter queues */
        public int receives() {
            return Optional.ofNullable(maxReceiveCount).orElseThrow();
        }
    }

    /**
     * A queue that the worker receives from.
     *
     * @param inputs bindings that receive from it
     * @param outputs bindings that send to it
     */
    public record Queue(List<String> inputs, List<String> outputs) {

        public Queue {
            outputs = orEmpty(outputs);
        }
    }

    /** @param outputs bindings that publish to it */
    public record Topic(List<String> outputs, List<Subscription> subscriptions) {

        public Topic {
            subscriptions = orEmpty(subscriptions);
        }
    }

    /**
     * @param filterPolicy on message attributes
     * @param undelivered the queue for messages that SNS could not deliver
     */
    public record Subscription(
            String queue, Map<String, List<String>> filterPolicy, boolean rawMessageDelivery, String undelivered) {}

    /**
     * @param blockPublicAccess whether all four settings of the public access block are on
     * @param objectOwnership of the ownership controls
     * @param encryption the default encryption's algorithm if no KMS key is given
     * @param versioning the status of versioning
     */
    public record Bucket(
            boolean blockPublicAccess,
            String objectOwnership,
            String encryption,
            String versioning,
            List<Notification> notifications,
            Cors cors,
            List<LifecycleRule> lifecycle) {}

    /** @param prefix of the keys of objects */
    public record Notification(String queue, List<String> events, String prefix) {}

    /** @param maxAge how many seconds a browser may cache the answer to a preflight request */
    public record Cors(
            String id,
            List<String> allowedMethods,
            List<String> allowedHeaders,
            List<String> exposeHeaders,
            int maxAge) {}

    /**
     * A rule that is enabled; each number is in days, and absent if the rule does not set it.
     *
     * @param expiredObjectDeleteMarker whether it deletes markers of deletions that have no version left; null if not
     */
    public record LifecycleRule(
            String id,
            String prefix,
            @Nullable Integer expirationDays,
            @Nullable Integer noncurrentVersionExpirationDays,
            @Nullable Integer abortIncompleteMultipartUploadDays,
            @Nullable Boolean expiredObjectDeleteMarker) {}

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
