package dev.attache;

import dev.attache.aws.CircuitBreakerDownstream;
import dev.attache.binder.gate.Downstream;
import dev.attache.delivery.relay.Relay;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/** The mail relay: the state of its circuit breaker, and the capacity that its sending rate leaves. */
record RelayDownstream(CircuitBreaker breaker, Relay relay) implements Downstream {

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
