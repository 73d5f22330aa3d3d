package dev.attache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.aws.CircuitBreakersConfiguration;
import dev.attache.binder.gate.Downstream;
import dev.attache.delivery.relay.Relay;
import dev.attache.delivery.relay.Relays;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The circuit breakers with the settings of {@code application.yaml}. */
class BreakersTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withConfiguration(AutoConfigurations.of(CircuitBreakerAutoConfiguration.class))
            .withUserConfiguration(CircuitBreakersConfiguration.class, RelayBreakersConfiguration.class)
            .withBean(Clock.class, Clock::systemUTC)
            .withBean(Relay.class, () -> Relays.open(mail -> {}))
            // Long enough for a slow machine to open the breaker before the wait ends; otherwise resilience4j
            // does not make it half-open.
            .withPropertyValues(
                    "resilience4j.circuitbreaker.configs.default.wait-duration-in-open-state=500ms",
                    "resilience4j.circuitbreaker.instances.mail-sender.wait-duration-in-open-state=500ms");

    @Test
    void anOpenBreakerBecomesHalfOpenWithoutCalls() {
        runner.run(context -> {
            List<Downstream> services =
                    List.copyOf(context.getBeansOfType(Downstream.class).values());
            assertThat(services)
                    .extracting(Downstream::name)
                    .containsExactlyInAnyOrder("sns", "s3", "mail", "mail-sender");

            services.forEach(service -> context.getBean(CircuitBreakerRegistry.class)
                    .circuitBreaker(service.name())
                    .transitionToOpenState());

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(services).extracting(Downstream::state).containsOnly(Downstream.State.PROBING));
        });
    }

    @Test
    void aProbeOfTheRelayMayTakeLongerThanOtherCalls() {
        runner.run(context -> assertThat(context.getBean(CircuitBreakerRegistry.class)
                        .circuitBreaker("mail")
                        .getCircuitBreakerConfig()
                        .getMaxWaitDurationInHalfOpenState())
                .isZero());
    }
}
