package dev.attache.binder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.settings.SqsConsumerProperties;
import dev.attache.binder.settings.SqsExtendedBindingProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.stream.config.BinderFactoryAutoConfiguration;
import org.springframework.cloud.stream.config.BindingServiceConfiguration;

class SqsDefaultsTests {

    @EnableConfigurationProperties(SqsExtendedBindingProperties.class)
    static class Properties {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    IntegrationAutoConfiguration.class,
                    TaskSchedulingAutoConfiguration.class,
                    BinderFactoryAutoConfiguration.class,
                    BindingServiceConfiguration.class))
            .withUserConfiguration(SqsBinderAutoConfiguration.class, Properties.class)
            .withPropertyValues(
                    "spring.cloud.stream.sqs.default.consumer.poll-timeout=3s",
                    "spring.cloud.stream.sqs.default.consumer.max-in-flight=7",
                    "spring.cloud.stream.sqs.bindings.orders-in-0.consumer.max-in-flight=9");

    @Test
    void aDefaultAppliesToABindingWithOtherSettings() {
        runner.run(context -> {
            SqsConsumerProperties orders =
                    context.getBean(SqsExtendedBindingProperties.class).getExtendedConsumerProperties("orders-in-0");

            assertThat(orders.getPollTimeout()).isEqualTo(Duration.ofSeconds(3));
            assertThat(orders.getMaxInFlight()).isEqualTo(9);
        });
    }

    @Test
    void aDefaultAppliesToABindingWithoutSettings() {
        runner.run(context -> assertThat(context.getBean(SqsExtendedBindingProperties.class)
                        .getExtendedConsumerProperties("others-in-0")
                        .getMaxInFlight())
                .isEqualTo(7));
    }
}
