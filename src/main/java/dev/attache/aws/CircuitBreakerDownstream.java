package dev.attache.aws;

import dev.attache.binder.gate.Downstream;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/** A service whose state is that of its circuit breaker. */
public record CircuitBreakerDownstream(CircuitBreaker breaker) implements Downstream {

    @Override
    public String name() {
        return breaker.getName();
    }

    @Override
    public State state() {
        return switch (breaker.getState()) {
            case CLOSED, DISABLED, METRICS_ONLY -> State.UP;
            case HALF_OPEN -> State.PROBING;
            case OPEN, FORCED_OPEN -> State.DOWN;
        };
    }

    @Override
    public void onChange(Runnable listener) {
        breaker.getEventPublisher().onStateTransition(transition -> listener.run());
    }
}
