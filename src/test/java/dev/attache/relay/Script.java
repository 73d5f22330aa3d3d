package dev.attache.relay;

import dev.attache.relay.behaviour.Answer;
import dev.attache.relay.behaviour.Behaviour;
import dev.attache.relay.behaviour.Step;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** The current behaviour, and the number of connections on which the server is silent. Shared by all conversations. */
final class Script {

    private final AtomicInteger silent = new AtomicInteger();
    private volatile Behaviour behaviour;
    private volatile CountDownLatch release = new CountDownLatch(1);

    Script(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    Answer answer(Step step) {
        return behaviour.answer(step);
    }

    void behave(Behaviour other) {
        behaviour = other;
    }

    /** @return whether {@link #release()} was called since */
    BooleanSupplier beginSilence() {
        var awaited = release;
        silent.incrementAndGet();
        return () -> awaited.getCount() == 0;
    }

    void endSilence() {
        silent.decrementAndGet();
    }

    int silent() {
        return silent.get();
    }

    synchronized void release() {
        var now = release;
        release = new CountDownLatch(1);
        now.countDown();
    }
}
