package dev.attache;

import dev.attache.aws.CircuitBreakerDownstream;
import dev.attache.binder.gate.Downstream;
import dev.attache.delivery.relay.Relay;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/** The mail relay: as its circuit breaker sees it, with the capacity that its rate leaves. */
public record RelayDownstream(CircuitBreaker breaker, Relay relay) implements Downstream {

    @Override
    public String name() {
        return breaker.getName();
    }

    @Override
    public State state() {
        return new CircuitBreakerDownstream(breaker).state();
    }

    @Override
    public boolean probesItself() {
        return relay.probesItself();
    }

    @Override
    public int capacity() {
        return relay.capacity();
    }

    @Override
    public void onChange(Runnable listener) {
        new CircuitBreakerDownstream(breaker).onChange(listener);
        relay.onCapacity(listener);
    }
}
