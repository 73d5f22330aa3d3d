package dev.attache.ledger.keys;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reports in health and by an alarm that the keys of the installation cannot be read. */
@Configuration(proxyBeanMethods = false)
class KeysHealthConfiguration {

    /** {@code keys} in {@code /actuator/health}. */
    @Bean
    HealthIndicator keysHealthIndicator(final Keys keys, @Qualifier("locatorKeys") final Keys locator) {
        return () -> problem(keys, locator)
                .map(problem -> Health.down().withDetail("problem", problem).build())
                .orElseGet(() -> Health.up().build());
    }

    @Bean
    MeterBinder keysAlarm(final Keys keys, @Qualifier("locatorKeys") final Keys locator) {
        return meters -> Gauge.builder(
                        "attache.alarms", () -> problem(keys, locator).isPresent() ? 1 : 0)
                .tags("alarm", "keys-unusable", "source", "all")
                .register(meters);
    }

    private static Optional<String> problem(Keys keys, Keys locator) {
        return keys.problem().or(locator::problem);
    }
}
