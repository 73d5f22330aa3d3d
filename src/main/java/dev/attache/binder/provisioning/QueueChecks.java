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
 * Holds the queues and topics that bindings name against what an input or output needs of them. What cannot work stops
 * the start with a sentence that names the binding and the fix; what works, but not well, is logged.
 * docs/configuration.md has the list.
 */
final class QueueChecks {

    private static final Logger log = LoggerFactory.getLogger(QueueChecks.class);

    private static final String FIFO = ".fifo";

    /** With fewer receives two crashes make a dead letter of a good message. */
    private static final int FEW_RECEIVES = 3;

    /** A dead letter's attributes: a reason of 500 characters, names and ids. */
    private static final int ROOM_FOR_REASON = 4096;

    /** Amazon SQS API Reference, "SetQueueAttributes": {@code MessageRetentionPeriod}. */
    private static final Duration LONGEST_RETENTION = Duration.ofDays(14);

    /** The inputs' bindings by their queues, and the queues of inputs by their dead-letter queues. */
    private final Map<String, String> inputs = new HashMap<>();

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
                "is a FIFO queue, but Attaché works with standard queues only: a FIFO queue takes nothing from S3, and"
                    + " one message that waits would hold up its whole group. Create a standard queue, and name it as"
                    + " the binding's destination");
    }

    /** @throws ProvisioningException for a FIFO topic */
    static void requireStandardTopic(String binding, String topic) {
        if (topic.endsWith(FIFO)) {
            throw new ProvisioningException(
                    ("Topic %s of binding %s is a FIFO topic, but Attaché publishes to standard topics only: it sends"
                        + " no message group ids. Create a standard topic, and name it as the binding's destination")
                            .formatted(topic, binding));
        }
    }

    /** @throws ProvisioningException when nothing can be received from the queue without losing messages */
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
                        + " would become a dead letter. Set it to 10 in the queue's redrive policy, as infra/setup.sh"
                        + " does");
        }
        if (maxReceiveCount < FEW_RECEIVES) {
            log.warn(
                    "Queue {} of binding {} has a maxReceiveCount of {}: two crashes make a dead letter of a good"
                            + " message, and a mail that a relay defers is given up early. infra/setup.sh sets 10",
                    queue,
                    binding,
                    maxReceiveCount);
        }
        Long own = number(attributes, QueueAttributeName.VISIBILITY_TIMEOUT);
        if (own != null && own < visibilityTimeout.toSeconds()) {
            log.info(
                    "Queue {} of binding {} has a visibility timeout of {} s. This input states its own with each"
                            + " receive, {} s; whoever else receives from the queue would see messages again sooner",
                    queue,
                    binding,
                    own,
                    visibilityTimeout.toSeconds());
        }
    }

    /**
     * @param attributes of the queue
     * @param ofLetters of its dead-letter queue, as far as the worker may see them
     * @throws ProvisioningException when the dead-letter queue would refuse or lose messages of its queue
     */
    static void requireUsableDeadLetters(
            String binding,
            String queue,
            Map<QueueAttributeName, String> attributes,
            String deadLetters,
            Map<QueueAttributeName, String> ofLetters) {
        Long largest = number(attributes, QueueAttributeName.MAXIMUM_MESSAGE_SIZE);
        Long largestLetter = number(ofLetters, QueueAttributeName.MAXIMUM_MESSAGE_SIZE);
        if (largest != null && largestLetter != null) {
            if (largestLetter < largest) {
                throw refused(
                        binding,
                        queue,
                        ("takes messages of %d bytes, but its dead-letter queue %s of %d at most: a larger one could"
                                        + " never leave. Set MaximumMessageSize of the dead-letter queue to %d or more")
                                .formatted(largest, deadLetters, largestLetter, largest));
            }
            if (largestLetter < largest + ROOM_FOR_REASON) {
                log.info(
                        "Dead-letter queue {} takes {} bytes and its queue {} takes {}: a message that is nearly so"
                                + " large becomes a dead letter without its reason. Let the queue take {} bytes less",
                        deadLetters,
                        largestLetter,
                        queue,
                        largest,
                        ROOM_FOR_REASON);
            }
        }
        Long kept = number(attributes, QueueAttributeName.MESSAGE_RETENTION_PERIOD);
        Long lettersKept = number(ofLetters, QueueAttributeName.MESSAGE_RETENTION_PERIOD);
        if (kept != null && lettersKept != null && lettersKept <= kept && lettersKept < LONGEST_RETENTION.toSeconds()) {
            throw refused(
                    binding,
                    queue,
                    ("keeps messages for %d s, and its dead-letter queue %s for %d s: a message that SQS moves keeps"
                        + " its first timestamp, and would be deleted before anybody sees it. Set"
                        + " MessageRetentionPeriod of the dead-letter queue to %d (14 days), as infra/setup.sh does")
                            .formatted(kept, deadLetters, lettersKept, LONGEST_RETENTION.toSeconds()));
        }
    }

    /**
     * An input that reads dead letters, its own or another's, would handle rejected messages again, without end.
     *
     * @param deadLetters the queue's dead-letter queue; null where it has none
     * @throws ProvisioningException when the two are inputs
     */
    synchronized void requireNoInputOfDeadLetters(String binding, String queue, @Nullable String deadLetters) {
        inputs.put(queue, binding);
        if (deadLetters != null) {
            deadLettersOf.put(deadLetters, queue);
        }
        String letters = deadLettersOf.containsKey(queue) ? queue : deadLetters;
        if (letters != null && inputs.containsKey(letters)) {
            throw new ProvisioningException(
                    ("Binding %s reads queue %s, which is the dead-letter queue of %s, an input too: what is rejected"
                        + " would be handled again without end. Correct the binding's destination, or give %s another"
                        + " dead-letter queue")
                            .formatted(
                                    inputs.get(letters),
                                    letters,
                                    deadLettersOf.get(letters),
                                    deadLettersOf.get(letters)));
        }
    }

    private static ProvisioningException refused(String binding, String queue, String fault) {
        return new ProvisioningException("Queue %s of binding %s %s".formatted(queue, binding, fault));
    }

    /** Null where the attribute is absent, as with some emulators. */
    private static @Nullable Long number(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
        String value = attributes.get(name);
        return value == null ? null : Long.valueOf(value);
    }
}
