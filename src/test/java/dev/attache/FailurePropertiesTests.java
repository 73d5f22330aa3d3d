package dev.attache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class FailurePropertiesTests {

    @Test
    void withTheDefaultPausesTenReceivesLastMoreThanTwoHours() {
        var properties = bound(Map.of());

        assertThat(properties.objectNotFoundAttempts()).isEqualTo(3);
        assertThat(properties.mailDeferredPauses())
                .hasSize(9)
                .startsWith(Duration.ofSeconds(5), Duration.ofSeconds(20))
                .isSorted();
        assertThat(properties.mailDeferredPauses().stream()
                        .reduce(Duration.ZERO, Duration::plus)
                        .multipliedBy(4)
                        .dividedBy(5))
                .as("the shortest sum")
                .isGreaterThan(Duration.ofMinutes(100));
    }

    @Test
    void pausesAreAList() {
        assertThat(bound(Map.of("attache.failures.mail-deferred-pauses", "1s,2m"))
                        .mailDeferredPauses())
                .containsExactly(Duration.ofSeconds(1), Duration.ofMinutes(2));
    }

    @Test
    void aPauseLongerThanSqsPermitsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FailureProperties(3, List.of(Duration.ofHours(12))))
                .withMessageContaining("attache.failures.mail-deferred-pauses contains PT12H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FailureProperties(3, List.of(Duration.ZERO)))
                .withMessageContaining("longer than 0s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FailureProperties(3, List.of()))
                .withMessageContaining("attache.failures.mail-deferred-pauses is empty");
    }

    private static FailureProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("attache.failures", FailureProperties.class);
    }
}
