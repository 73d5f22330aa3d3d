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

    private Optional<String> problem = Optional.empty();

    private final Keys keys = new Keys() {

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
    };

    private Health health() {
        return Objects.requireNonNull(
                new KeysHealthConfiguration().keysHealthIndicator(keys).health());
    }

    @Test
    void healthShowsUnreadableKeysWithTheFix() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        new KeysHealthConfiguration().keysAlarm(keys).bindTo(meters);
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(meters.get("attache.alarms")
                        .tag("alarm", "keys-unusable")
                        .gauge()
                        .value())
                .isZero();

        problem = Optional.of("set attache.keys.secrets");

        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails()).containsEntry("problem", "set attache.keys.secrets");
        assertThat(meters.get("attache.alarms")
                        .tag("alarm", "keys-unusable")
                        .gauge()
                        .value())
                .isOne();
    }
}
