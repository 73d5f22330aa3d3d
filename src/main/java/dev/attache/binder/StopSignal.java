package dev.attache.binder;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Whether an input is stopping: nobody begins to wait any more, and everybody who waits goes on. */
final class StopSignal {

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private volatile boolean stopping;

    boolean isStopping() {
        return stopping;
    }

    void stop() {
        stopping = true;
        listeners.forEach(Runnable::run);
    }

    /** The input starts, for the first time or again. */
    void reset() {
        stopping = false;
        listeners.forEach(Runnable::run);
    }

    /** Calls the listener after each change. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
