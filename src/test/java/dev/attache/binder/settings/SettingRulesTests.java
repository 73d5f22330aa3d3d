package dev.attache.binder.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.cloud.stream.binder.HeaderMode;
import org.springframework.core.env.Environment;
import org.springframework.expression.common.LiteralExpression;
import org.springframework.mock.env.MockEnvironment;

class SettingRulesTests {

    private static final String BINDING = "orderLines-in-0";

    private final SettingRules rules = new SettingRules(Duration.ofSeconds(90));

    private final ExtendedConsumerProperties<SqsConsumerProperties> input =
            new ExtendedConsumerProperties<>(new SqsConsumerProperties());

    private final ExtendedProducerProperties<SqsProducerProperties> output =
            new ExtendedProducerProperties<>(new SqsProducerProperties());

    SettingRulesTests() {
        input.setMaxAttempts(1);
    }

    private void checkInput(Environment environment) {
        rules.checkInput(BINDING, input, new ConfiguredSettings(environment));
    }

    private static void assertRefused(Runnable check, String setting) {
        assertThatExceptionOfType(UnsupportedSettingException.class)
                .isThrownBy(check::run)
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith(setting + " is set, but ")
                        .containsPattern(
                                "Remove the setting|Set spring.cloud.stream.sqs|Define one|Subscribe the queue")
                        .doesNotContain("%s"));
    }

    @Test
    void defaultsAreAccepted() {
        assertThatCode(() -> checkInput(new MockEnvironment())).doesNotThrowAnyException();
        assertThatCode(() -> rules.checkOutput(BINDING, output, new ConfiguredSettings(new MockEnvironment())))
                .doesNotThrowAnyException();
    }

    static Stream<Arguments> refusedOfInputs() {
        return Stream.of(
                input("concurrency", it -> it.setConcurrency(5)),
                input("partitioned", it -> it.setPartitioned(true)),
                input("instance-index-list", it -> it.setInstanceIndexList(List.of(1))),
                input("batch-mode", it -> it.setBatchMode(true)),
                input("multiplex", it -> it.setMultiplex(true)),
                input("header-mode", it -> it.setHeaderMode(HeaderMode.embeddedHeaders)),
                input("header-mode", it -> it.setHeaderMode(HeaderMode.none)),
                input("default-retryable", it -> it.setDefaultRetryable(false)),
                input("retryable-exceptions", it -> it.setRetryableExceptions(Map.of(Exception.class, true))),
                input("retry-template-name", it -> it.setRetryTemplateName("mine")));
    }

    private static Arguments input(String name, Consumer<ExtendedConsumerProperties<SqsConsumerProperties>> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest
    @MethodSource("refusedOfInputs")
    void aSettingOfAnInputWithoutMeaningIsRefused(
            String name, Consumer<ExtendedConsumerProperties<SqsConsumerProperties>> change) {
        change.accept(input);

        assertRefused(
                () -> checkInput(new MockEnvironment()),
                "spring.cloud.stream.bindings." + BINDING + ".consumer." + name);
    }

    /** Their default value says something else than the binder does. */
    @ParameterizedTest
    @CsvSource({
        "concurrency, 1",
        "back-off-initial-interval, 1000",
        "back-off-max-interval, 10000",
        "back-off-multiplier, 2.0"
    })
    void aSettingWithItsDefaultValueIsRefusedWhereverItIsWritten(String name, String value) {
        for (String written : List.of(
                "spring.cloud.stream.bindings." + BINDING + ".consumer." + name,
                "spring.cloud.stream.default.consumer." + name)) {
            assertRefused(() -> checkInput(new MockEnvironment().withProperty(written, value)), written);
        }
    }

    @ParameterizedTest
    @CsvSource({"instance-count, 3", "instance-index, 1"})
    void theNumberOfInstancesIsRefusedIfItIsWritten(String name, int value) {
        input.setInstanceCount(3);
        input.setInstanceIndex(1);

        for (String written : List.of(
                "spring.cloud.stream." + name,
                "spring.cloud.stream.default.consumer." + name,
                "spring.cloud.stream.bindings." + BINDING + ".consumer." + name)) {
            assertRefused(
                    () -> checkInput(new MockEnvironment().withProperty(written, String.valueOf(value))), written);
        }
    }

    /** Spring Cloud Stream takes it from {@code CF_INSTANCE_INDEX}, which a platform sets. */
    @Test
    void anIndexThatAPlatformSetsIsAccepted() {
        input.setInstanceIndex(1);

        assertThatCode(() -> checkInput(new MockEnvironment())).doesNotThrowAnyException();
    }

    @Test
    void aSettingThatSaysWhatTheBinderDoesIsAccepted() {
        input.setHeaderMode(HeaderMode.headers);
        input.setInstanceCount(1);
        output.setHeaderMode(HeaderMode.headers);
        MockEnvironment environment = new MockEnvironment()
                .withProperty("spring.cloud.stream.default.consumer.partitioned", "false")
                .withProperty("spring.cloud.stream.instance-count", "1");

        assertThatCode(() -> checkInput(environment)).doesNotThrowAnyException();
        assertThatCode(() -> rules.checkOutput(BINDING, output, new ConfiguredSettings(environment)))
                .doesNotThrowAnyException();
    }

    @Test
    void retriesOfTheFrameworkAreRefused() {
        input.setMaxAttempts(3);

        assertThatExceptionOfType(UnsupportedSettingException.class)
                .isThrownBy(() -> checkInput(new MockEnvironment()))
                .withMessage("spring.cloud.stream.bindings." + BINDING + ".consumer.max-attempts is 3, but must be 1:"
                        + " the binder retries a message by releasing it to its queue");
    }

    @Test
    void aPollThatIsOverdueBeforeItEndsIsRefused() {
        assertThatExceptionOfType(UnsupportedSettingException.class)
                .isThrownBy(() -> new SettingRules(Duration.ofSeconds(20))
                        .checkInput(BINDING, input, new ConfiguredSettings(new MockEnvironment())))
                .withMessageStartingWith(
                        "spring.cloud.stream.sqs.binder.poll-overdue-after is PT20S, but must be longer");
    }

    static Stream<Arguments> refusedOfOutputs() {
        return Stream.of(
                output("partition-key-expression", it -> it.setPartitionKeyExpression(new LiteralExpression("a"))),
                output("partition-key-extractor-name", it -> it.setPartitionKeyExtractorName("mine")),
                output(
                        "partition-selector-expression",
                        it -> it.setPartitionSelectorExpression(new LiteralExpression("a"))),
                output("partition-selector-name", it -> it.setPartitionSelectorName("mine")),
                output("partition-count", it -> it.setPartitionCount(2)),
                output("dynamic-partition-updates-enabled", it -> it.setDynamicPartitionUpdatesEnabled(true)),
                output("required-groups", it -> it.setRequiredGroups("audit")),
                output("header-mode", it -> it.setHeaderMode(HeaderMode.embeddedHeaders)),
                output("header-mode", it -> it.setHeaderMode(HeaderMode.none)));
    }

    private static Arguments output(String name, Consumer<ExtendedProducerProperties<SqsProducerProperties>> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest
    @MethodSource("refusedOfOutputs")
    void aSettingOfAnOutputWithoutMeaningIsRefused(
            String name, Consumer<ExtendedProducerProperties<SqsProducerProperties>> change) {
        change.accept(output);

        assertRefused(
                () -> rules.checkOutput(BINDING, output, new ConfiguredSettings(new MockEnvironment())),
                "spring.cloud.stream.bindings." + BINDING + ".producer." + name);
    }
}
