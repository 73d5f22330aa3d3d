package dev.attache.binder;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What one inbound message sends, while it is being sent. Spring Cloud Stream sends a function's outputs one by one in the
 * thread that called it; a handler that waited for each would never fill a batch. So the inbound adapter binds an outbox
 * around the call, outbound handlers leave their futures in it, and the adapter waits for all of them at once.
 */
final class Outbox {

    static final ScopedValue<Outbox> CURRENT = ScopedValue.newInstance();

    private final List<CompletableFuture<?>> underWay = new CopyOnWriteArrayList<>();

    private final List<Runnable> actions = new CopyOnWriteArrayList<>();

    void add(CompletableFuture<?> publication) {
        underWay.add(publication);
    }

    /**
     * Waits until everything is published.
     *
     * @throws ExecutionException   when anything could not be; the rest may have been
     * @throws TimeoutException     when that took longer than {@code atMost}; what has not left yet does not leave any more
     */
    void await(Duration atMost) throws ExecutionException, InterruptedException, TimeoutException {
        try {
            CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new)).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            // Another attempt publishes all of it again: what waits would go twice, and hold that attempt up.
            underWay.forEach(publication -> publication.cancel(false));
            throw late;
        }
    }

    /** To be run once everything is published ({@link SqsHeaders#AFTER_PUBLISHING}). */
    void afterPublishing(Runnable action) {
        actions.add(action);
    }

    /** Runs them, in their order. */
    void runActions() {
        actions.forEach(Runnable::run);
    }
}
