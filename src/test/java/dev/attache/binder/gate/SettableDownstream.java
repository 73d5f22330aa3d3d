package dev.attache.binder.gate;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service whose state a test sets. */
public final class SettableDownstream implements Downstream {

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private volatile State state = State.UP;

    volatile boolean probesItself;

    volatile int capacity = Integer.MAX_VALUE;

    public void is(State now) {
        state = now;
        listeners.forEach(Runnable::run);
    }

    @Override
    public String name() {
        return "service";
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public boolean probesItself() {
        return probesItself;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
