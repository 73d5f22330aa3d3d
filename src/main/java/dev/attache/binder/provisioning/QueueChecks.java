package dev.attache.binder.provisioning;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.provisioning.ProvisioningException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Checks the attributes of the queues and topics that bindings name. An attribute that cannot work stops the start with
 * a message that names the binding and the fix; an attribute that works, but not well, is logged.
 */
final class QueueChecks {

    private static final Logger log = LoggerFactory.getLogger(QueueChecks.class);

    private static final String FIFO = ".fifo";

    /** With fewer receives, two crashes turn a valid message into a dead letter. */
    private static final int FEW_RECEIVES = 3;

    /**
     * The size of the attributes that are added to a dead letter, in bytes: a reason of 500 characters, names and ids.
     */
    private static final int ATTRIBUTES_SIZE = 4096;

    /** Amazon SQS API Reference, "SetQueueAttributes": {@code MessageRetentionPeriod}. */
    private static final Duration LONGEST_RETENTION = Duration.ofDays(14);

    /** The bindings of inputs by their queues. */
    private final Map<String, String> inputs = new HashMap<>();

    /** The queues of inputs by their dead-letter queues. */
    private final Map<String, String> deadLettersOf = new HashMap<>();

    /** @throws ProvisioningException for a FIFO queue */
    static void requireStandard(String binding, String queue) {
        if (queue.endsWith(FIFO)) {
            throw fifoQueue(binding, queue);
        }
    }

    private static ProvisioningException fifoQueue(String binding, String queue) {
        return refused(
                binding,
                queue,
                "is a FIFO queue, but the binder supports standard queues only: in a FIFO queue a message that is"
                    + " retried blocks its whole message group. Create a standard queue, and name it as the binding's"
                    + " destination");
    }

    /** @throws ProvisioningException for a FIFO topic */
    static void requireStandardTopic(String binding, String topic) {
        if (topic.endsWith(FIFO)) {
            throw new ProvisioningException(
                    ("Topic %s of binding %s is a FIFO topic, but the binder supports standard topics only: it sends"
                        + " no message group ids. Create a standard topic, and name it as the binding's destination")
                            .formatted(topic, binding));
        }
    }

    /** @throws ProvisioningException if messages would be lost when they are received from the queue */
    static void requireUsable(
            String binding,
            String queue,
            Map<QueueAttributeName, String> attributes,
            int maxReceiveCount,
            Duration visibilityTimeout) {
        if ("true".equals(attributes.get(QueueAttributeName.FIFO_QUEUE))) {
            throw fifoQueue(binding, queue);
        }
        if (maxReceiveCount < 2) {
            throw refused(
                    binding,
                    queue,
                    "has a maxReceiveCount of 1, so every message that is in flight when a worker stops or crashes"
                            + " would become a dead letter. Set it to 10 in the queue's redrive policy");
        }
        if (maxReceiveCount < FEW_RECEIVES) {
            log.warn(
                    "Queue {} of binding {} has a maxReceiveCount of {}: two crashes turn a valid message into a dead"
                            + " letter. Set it to 10 in the queue's redrive policy",
                    queue,
                    binding,
                    maxReceiveCount);
        }
        Long own = number(attributes, QueueAttributeName.VISIBILITY_TIMEOUT);
        if (own != null && own < visibilityTimeout.toSeconds()) {
            log.info(
                    "Queue {} of binding {} has a visibility timeout of {} s. This input requests {} s with each"
                            + " receive; another consumer of the queue would receive messages again sooner",
                    queue,
                    binding,
                    own,
                    visibilityTimeout.toSeconds());
        }
    }

    /**
     * @param attributes the attributes of the queue
     * @param deadLetterAttributes the attributes of its dead-letter queue; empty if the application may not read them
     * @throws ProvisioningException if the dead-letter queue would refuse or lose messages of its queue
     */
    static void requireUsableDeadLetters(
            String binding,
            String queue,
            Map<QueueAttributeName, String> attributes,
            String deadLetters,
            Map<QueueAttributeName, String> deadLetterAttributes) {
        Long largest = number(attributes, QueueAttributeName.MAXIMUM_MESSAGE_SIZE);
        Long largestDeadLetter = number(deadLetterAttributes, QueueAttributeName.MAXIMUM_MESSAGE_SIZE);
        if (largest != null && largestDeadLetter != null) {
            if (largestDeadLetter < largest) {
                throw refused(
                        binding,
                        queue,
                        ("accepts messages of %d bytes, but its dead-letter queue %s accepts %d bytes: a larger"
                            + " message could not be dead-lettered. Set MaximumMessageSize of the dead-letter queue to"
                            + " %d or more")
                                .formatted(largest, deadLetters, largestDeadLetter, largest));
            }
            if (largestDeadLetter < largest + ATTRIBUTES_SIZE) {
                log.info(
                        "Dead-letter queue {} accepts messages of {} bytes and its queue {} of {}: a message of almost"
                                + " that size becomes a dead letter without its reason. Set MaximumMessageSize of the"
                                + " queue to {} bytes less than that of the dead-letter queue",
                        deadLetters,
                        largestDeadLetter,
                        queue,
                        largest,
                        ATTRIBUTES_SIZE);
            }
        }
        Long retention = number(attributes, QueueAttributeName.MESSAGE_RETENTION_PERIOD);
        Long deadLetterRetention = number(deadLetterAttributes, QueueAttributeName.MESSAGE_RETENTION_PERIOD);
        if (retention != null
                && deadLetterRetention != null
                && deadLetterRetention <= retention
                && deadLetterRetention < LONGEST_RETENTION.toSeconds()) {
            throw refused(
                    binding,
                    queue,
                    ("keeps messages for %d s, and its dead-letter queue %s for %d s: a message that SQS moves keeps"
                                    + " its original timestamp, and may be deleted soon after it was moved. Set"
                                    + " MessageRetentionPeriod of the dead-letter queue to %d (14 days)")
                            .formatted(retention, deadLetters, deadLetterRetention, LONGEST_RETENTION.toSeconds()));
        }
    }

    /**
     * Refuses a dead-letter queue of an input that is an input itself: rejected messages would be handled again and
     * again.
     *
     * @param deadLetters the queue's dead-letter queue; null if it has none
     * @throws ProvisioningException if both queues are inputs
     */
    synchronized void requireNoInputOfDeadLetters(String binding, String queue, @Nullable String deadLetters) {
        inputs.put(queue, binding);
        if (deadLetters != null) {
            deadLettersOf.put(deadLetters, queue);
        }
        String readDeadLetters = deadLettersOf.containsKey(queue) ? queue : deadLetters;
        if (readDeadLetters != null && inputs.containsKey(readDeadLetters)) {
            throw new ProvisioningException(
                    ("Binding %s reads queue %s, which is the dead-letter queue of %s, an input too: rejected messages"
                        + " would be handled again without end. Correct the binding's destination, or give %s another"
                        + " dead-letter queue")
                            .formatted(
                                    inputs.get(readDeadLetters),
                                    readDeadLetters,
                                    deadLettersOf.get(readDeadLetters),
                                    deadLettersOf.get(readDeadLetters)));
        }
    }

    private static ProvisioningException refused(String binding, String queue, String fault) {
        return new ProvisioningException("Queue %s of binding %s %s".formatted(queue, binding, fault));
    }

    /** Null if the attribute is absent, as with some emulators. */
    private static @Nullable Long number(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
        String value = attributes.get(name);
        return value == null ? null : Long.valueOf(value);
    }
}
