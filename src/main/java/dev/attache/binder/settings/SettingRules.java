package dev.attache.binder.settings;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.cloud.stream.binder.HeaderMode;

/**
 * Refuses the settings of Spring Cloud Stream that have no meaning for SQS and SNS, so that none of them is ignored
 * without a word. {@code docs/binder.md} lists all settings.
 */
public final class SettingRules {

    private static final String OWN = "spring.cloud.stream.sqs.bindings.%s.consumer.";

    private static final String NO_PARTITIONS =
            "a standard queue has no partitions: all instances of the application share its messages. Remove the"
                    + " setting";

    private static final String NO_KEYS = "SNS topics and standard SQS queues have no partitions. Remove the setting";

    private static final List<SettingRule<ExtendedConsumerProperties<SqsConsumerProperties>>> INPUTS = List.of(
            new SettingRule<>(
                    "consumer.concurrency",
                    (input, written) -> written || input.getConcurrency() != 1,
                    "each message is handled by a thread of its own. Set " + OWN + "max-in-flight instead"),
            new SettingRule<>("consumer.partitioned", (input, written) -> input.isPartitioned(), NO_PARTITIONS),
            new SettingRule<>(
                    "consumer.instance-count",
                    (input, written) -> written && input.getInstanceCount() > 1,
                    NO_PARTITIONS),
            new SettingRule<>(
                    "consumer.instance-index",
                    (input, written) -> written && input.getInstanceIndex() > 0,
                    NO_PARTITIONS),
            new SettingRule<>(
                    "consumer.instance-index-list",
                    (input, written) -> input.getInstanceIndexList() != null
                            && !input.getInstanceIndexList().isEmpty(),
                    NO_PARTITIONS),
            new SettingRule<>(
                    "consumer.batch-mode",
                    (input, written) -> input.isBatchMode(),
                    "a function is called with one message, so that one that fails does not fail others; calls of AWS"
                            + " are batched without it. Remove the setting"),
            new SettingRule<>(
                    "consumer.multiplex",
                    (input, written) -> input.isMultiplex(),
                    "each queue has an input of its own. Remove the setting; a destination may list several queues"),
            new SettingRule<>(
                    "consumer.header-mode",
                    (input, written) -> isOther(input.getHeaderMode()),
                    "headers are message attributes, which " + OWN + "attributes lists. Remove the setting"),
            SettingRule.ifWritten(
                    "consumer.back-off-initial-interval",
                    "the binder retries a message by releasing it to its queue. Set " + OWN + "backoff-initial"
                            + " instead"),
            SettingRule.ifWritten(
                    "consumer.back-off-max-interval",
                    "the binder retries a message by releasing it to its queue. Set " + OWN + "backoff-max instead"),
            SettingRule.ifWritten(
                    "consumer.back-off-multiplier",
                    "the pause between two receives of a message always doubles. Remove the setting"),
            new SettingRule<>(
                    "consumer.default-retryable",
                    (input, written) -> !input.isDefaultRetryable(),
                    "a bean of type FailureClassifier decides which errors are retried. Define one, and remove the"
                            + " setting"),
            new SettingRule<>(
                    "consumer.retryable-exceptions",
                    (input, written) -> !input.getRetryableExceptions().isEmpty(),
                    "a bean of type FailureClassifier decides which errors are retried. Define one, and remove the"
                            + " setting"),
            new SettingRule<>(
                    "consumer.retry-template-name",
                    (input, written) -> input.getRetryTemplateName() != null,
                    "the binder retries a message by releasing it to its queue. Remove the setting"));

    private static final List<SettingRule<ExtendedProducerProperties<SqsProducerProperties>>> OUTPUTS = List.of(
            new SettingRule<>(
                    "producer.partition-key-expression",
                    (output, written) -> output.getPartitionKeyExpression() != null,
                    NO_KEYS),
            new SettingRule<>(
                    "producer.partition-key-extractor-name",
                    (output, written) -> output.getPartitionKeyExtractorName() != null,
                    NO_KEYS),
            new SettingRule<>(
                    "producer.partition-selector-expression",
                    (output, written) -> output.getPartitionSelectorExpression() != null,
                    NO_KEYS),
            new SettingRule<>(
                    "producer.partition-selector-name",
                    (output, written) -> output.getPartitionSelectorName() != null,
                    NO_KEYS),
            new SettingRule<>("producer.partition-count", (output, written) -> output.getPartitionCount() > 1, NO_KEYS),
            new SettingRule<>(
                    "producer.dynamic-partition-updates-enabled",
                    (output, written) -> output.isDynamicPartitionUpdatesEnabled(),
                    NO_KEYS),
            new SettingRule<>(
                    "producer.required-groups",
                    (output, written) -> output.getRequiredGroups().length > 0,
                    "the binder creates no subscriptions. Subscribe the queue of each group to the topic, and remove"
                            + " the setting"),
            new SettingRule<>(
                    "producer.header-mode",
                    (output, written) -> isOther(output.getHeaderMode()),
                    "headers are message attributes, which spring.cloud.stream.sqs.bindings.%s.producer.attributes"
                            + " lists. Remove the setting"));

    private final Duration pollOverdueAfter;

    /** @param pollOverdueAfter as in {@link SqsBinderProperties} */
    public SettingRules(Duration pollOverdueAfter) {
        this.pollOverdueAfter = pollOverdueAfter;
    }

    /** The settings of bindings that are refused, such as {@code consumer.concurrency}. */
    static Stream<String> refused() {
        return Stream.of(
                        INPUTS.stream().map(SettingRule::property),
                        OUTPUTS.stream().map(SettingRule::property),
                        Stream.of("consumer.max-attempts"))
                .flatMap(names -> names);
    }

    /** Anything but the message attributes of SQS and SNS. */
    private static boolean isOther(@Nullable HeaderMode mode) {
        return mode != null && mode != HeaderMode.headers;
    }

    /** @throws UnsupportedSettingException if the binder cannot honour a setting of the input */
    public void checkInput(
            String binding, ExtendedConsumerProperties<SqsConsumerProperties> input, ConfiguredSettings configured) {
        INPUTS.forEach(rule -> rule.check(binding, input, configured.nameOf(binding, rule.property())));
        if (input.getMaxAttempts() != 1) {
            throw new UnsupportedSettingException(
                    ("spring.cloud.stream.bindings.%s.consumer.max-attempts is %d, but must be 1: the binder retries a"
                                    + " message by releasing it to its queue")
                            .formatted(binding, input.getMaxAttempts()));
        }
        Duration poll = input.getExtension().getPollTimeout();
        if (pollOverdueAfter.compareTo(poll) <= 0) {
            throw new UnsupportedSettingException(
                    ("spring.cloud.stream.sqs.binder.poll-overdue-after is %s, but must be longer than the poll-timeout"
                                    + " of binding %s, %s: an idle queue answers a poll only after that time")
                            .formatted(pollOverdueAfter, binding, poll));
        }
    }

    /** @throws UnsupportedSettingException if the binder cannot honour a setting of the output */
    public void checkOutput(
            String binding, ExtendedProducerProperties<SqsProducerProperties> output, ConfiguredSettings configured) {
        OUTPUTS.forEach(rule -> rule.check(binding, output, configured.nameOf(binding, rule.property())));
    }
}
