package dev.attache;

import dev.attache.binder.Downstream;
import dev.attache.delivery.relay.Relay;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/** The mail relay: as its circuit breaker sees it, with the capacity that its rate leaves. */
record RelayDownstream(CircuitBreaker breaker, Relay relay) implements Downstream {

    @Override
    public String name() {
        return breaker.getName();
    }

    @Override
    public State state() {
        return new BreakerDownstream(breaker).state();
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
        new BreakerDownstream(breaker).onChange(listener);
        relay.onCapacity(listener);
    }
}
