package dev.attache;

import dev.attache.binder.Downstream;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/** A service as its circuit breaker sees it. */
record BreakerDownstream(CircuitBreaker breaker) implements Downstream {

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
