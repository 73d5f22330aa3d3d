package dev.attache.binder.gate;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Whether an input is stopping. Messages then do not wait any more. */
public final class StopSignal {

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private volatile boolean stopping;

    public boolean isStopping() {
        return stopping;
    }

    public void stop() {
        stopping = true;
        listeners.forEach(Runnable::run);
    }

    /** The input starts, for the first time or again. */
    public void reset() {
        stopping = false;
        listeners.forEach(Runnable::run);
    }

    /** Calls the listener after each change. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
