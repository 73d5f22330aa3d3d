package dev.attache.ledger.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class KeysHealthTests {

    private final KeysWithProblem keys = new KeysWithProblem();

    private final KeysWithProblem locator = new KeysWithProblem();

    private Health health() {
        return Objects.requireNonNull(
                new KeysHealthConfiguration().keysHealthIndicator(keys, locator).health());
    }

    @Test
    void healthShowsUnreadableKeysWithTheFix() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        new KeysHealthConfiguration().keysAlarm(keys, locator).bindTo(meters);
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(meters.get("attache.alarms")
                        .tag("alarm", "keys-unusable")
                        .gauge()
                        .value())
                .isZero();

        keys.problem = Optional.of("set attache.keys.secrets");

        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails()).containsEntry("problem", "set attache.keys.secrets");
        assertThat(meters.get("attache.alarms")
                        .tag("alarm", "keys-unusable")
                        .gauge()
                        .value())
                .isOne();
    }

    @Test
    void healthShowsAnUnreadableLocatorKey() {
        locator.problem = Optional.of("restore the object");

        assertThat(health().getDetails()).containsEntry("problem", "restore the object");
    }

    private static final class KeysWithProblem implements Keys {

        Optional<String> problem = Optional.empty();

        @Override
        public Key newest() {
            throw new AssertionError("Health asks for no keys");
        }

        @Override
        public List<Key> all() {
            throw new AssertionError("Health asks for no keys");
        }

        @Override
        public Optional<String> problem() {
            return problem;
        }
    }
}
