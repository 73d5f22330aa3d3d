package dev.attache.aws;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The component {@code aws} of {@code /actuator/health}: down while AWS refuses this worker a call, with the codes and
 * the fixes. An open circuit breaker alone does not make it down, because it closes by itself.
 */
final class AwsHealth implements HealthIndicator {

    private final RefusedCalls refusals;

    private final CircuitBreakerRegistry breakers;

    AwsHealth(RefusedCalls refusals, CircuitBreakerRegistry breakers) {
        this.refusals = refusals;
        this.breakers = breakers;
    }

    @Override
    public Health health() {
        List<RefusedCalls.Refusal> refused = refusals.now();
        Map<String, String> calls = new TreeMap<>();
        refused.forEach(refusal -> calls.put(
                refusal.call().toString(),
                "%s since %s; to fix it, %s".formatted(refusal.code(), refusal.since(), refusal.fix())));
        Map<String, String> states = new TreeMap<>();
        breakers.getAllCircuitBreakers()
                .forEach(breaker ->
                        states.put(breaker.getName(), breaker.getState().name()));
        return (refused.isEmpty() ? Health.up() : Health.down())
                .withDetail("refused", calls)
                .withDetail("breakers", states)
                .build();
    }
}
