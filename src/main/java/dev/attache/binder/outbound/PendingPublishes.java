package dev.attache.binder.outbound;

import dev.attache.binder.memory.ByteBudget;
import dev.attache.binder.message.SqsHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one inbound message sends, while it is being sent. Spring Cloud Stream sends a function's outputs one by one in
 * the thread that called it; a handler that waited for each would never fill a batch. So the inbound adapter binds an
 * outbox around the call, outbound handlers leave their futures in it, and the adapter waits for all of them at once. A
 * function that returns an {@link Iterable} is asked for one output after the other, and so makes no more of them than
 * there is memory for.
 */
public final class PendingPublishes {

    public static final ScopedValue<PendingPublishes> CURRENT = ScopedValue.newInstance();

    /** What a publication takes beside its text. */
    private static final long OVERHEAD = 1024;

    /** After so many publications those that have succeeded are forgotten. */
    private static final int MANY = 128;

    private final ByteBudget.Share memory;

    private final Duration patience;

    private List<CompletableFuture<?>> underWay = new ArrayList<>();

    private final List<Runnable> actions = new CopyOnWriteArrayList<>();

    /** Why something could not be published; null while everything could. */
    private volatile @Nullable Throwable failure;

    /**
     * @param memory for what is not confirmed yet
     * @param patience how long to wait for memory, and for the end
     */
    public PendingPublishes(ByteBudget.Share memory, Duration patience) {
        this.memory = memory;
        this.patience = patience;
    }

    /**
     * Begins to publish as soon as there is memory for it.
     *
     * @param bytes how large it is
     * @throws ExecutionException when something before could not be published
     * @throws TimeoutException when there was no memory in time
     */
    synchronized void publish(long bytes, Supplier<CompletableFuture<?>> publication)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (failure != null) {
            throw new ExecutionException(failure);
        }
        if (underWay.size() >= MANY) {
            underWay = new ArrayList<>(underWay.stream()
                    .filter(each -> !each.isDone() || each.isCompletedExceptionally())
                    .toList());
        }
        long weight = bytes + OVERHEAD;
        if (!memory.take(weight, patience)) {
            throw new TimeoutException("What was published before has not been confirmed in " + patience);
        }
        CompletableFuture<?> begun;
        try {
            begun = publication.get();
        } catch (RuntimeException e) {
            memory.release(weight);
            throw e;
        }
        underWay.add(begun);
        var _ = begun.whenComplete((done, error) -> {
            if (error != null) {
                failure = error;
            }
            memory.release(weight);
        });
    }

    /**
     * Waits until everything is published.
     *
     * @throws ExecutionException when anything could not be; the rest may have been
     * @throws TimeoutException when that took too long; what has not left yet does not leave any more
     */
    public synchronized void await() throws ExecutionException, InterruptedException, TimeoutException {
        try {
            CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            cancel();
            throw late;
        }
        if (failure != null) {
            throw new ExecutionException(failure);
        }
    }

    /** Another attempt publishes all of it again: what waits would go twice, and hold that attempt up. */
    public synchronized void cancel() {
        underWay.forEach(publication -> publication.cancel(false));
    }

    /** To be run once everything is published ({@link SqsHeaders#AFTER_PUBLISHING}). */
    public void afterPublishing(Runnable action) {
        actions.add(action);
    }

    /** Runs them, in their order. */
    public void runActions() {
        actions.forEach(Runnable::run);
    }
}
