package dev.attache.binder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.settings.SqsBinderProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SqsBinderPropertiesTests {

    private static final String PREFIX = "spring.cloud.stream.sqs.binder.dead-letter-attribute-prefix";

    @EnableConfigurationProperties(SqsBinderProperties.class)
    static class Properties {}

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Test
    void theNamesAreNeutralByDefault() {
        runner.run(context -> assertThat(context.getBean(SqsBinderProperties.class))
                .isEqualTo(new SqsBinderProperties("dead-letter-", "sqs.", Duration.ofSeconds(90))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"attache-", "x", "shop.dead_"})
    void aPrefixOfPermittedCharactersIsAccepted(String prefix) {
        runner.withPropertyValues(PREFIX + "=" + prefix)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".x", "a..b", "a b", "AWS.", "amazon.x"})
    void aPrefixThatSqsRefusesStopsTheStart(String prefix) {
        runner.withPropertyValues(PREFIX + "=" + prefix)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(PREFIX)
                        .hasMessageContaining("must be 1 to 100 letters"));
    }
}
