package dev.attache.binder.gate;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Provides a future that completes at the next change, and after each change a new one. */
final class ChangeSignal {

    private final AtomicReference<CompletableFuture<Void>> next = new AtomicReference<>(new CompletableFuture<>());

    /** Completes at the next change. */
    CompletableFuture<Void> next() {
        return next.get().copy();
    }

    /** Completes in another thread: the caller may hold a lock that the dependent actions need. */
    void signal() {
        CompletableFuture<Void> current = next.getAndSet(new CompletableFuture<>());
        Thread.startVirtualThread(() -> current.complete(null));
    }
}
