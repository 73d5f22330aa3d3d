package dev.attache.binder.outbound;

import dev.attache.binder.memory.ByteBudget;
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
 * The outputs of one inbound message that are being published. Spring Cloud Stream sends a function's outputs one by
 * one in the thread that called it; a handler that waited for each of them would never fill a batch. So the inbound
 * adapter binds an instance around the call, outbound handlers add their futures to it, and the adapter waits for all
 * of them at once. A function that returns an {@link Iterable} is asked for one output after the other, and creates no
 * more than there is memory for.
 */
public final class PendingPublishes {

    /** The instance of the inbound message that the current thread handles. */
    public static final ScopedValue<PendingPublishes> CURRENT = ScopedValue.newInstance();

    /** The memory of a publication in addition to its text, in bytes. */
    private static final long OVERHEAD = 1024;

    /** With this many publications, those that have succeeded are removed. */
    private static final int CLEANUP_SIZE = 128;

    private final ByteBudget.Share memory;

    private final Duration timeout;

    private List<CompletableFuture<?>> publications = new ArrayList<>();

    private final List<Runnable> actions = new CopyOnWriteArrayList<>();

    /** The error of a publication that failed; null if none did. */
    private volatile @Nullable Throwable failure;

    /**
     * @param memory for outputs that are not confirmed yet
     * @param timeout how long to wait for memory, and for all publications to end
     */
    public PendingPublishes(ByteBudget.Share memory, Duration timeout) {
        this.memory = memory;
        this.timeout = timeout;
    }

    /**
     * Starts a publication as soon as there is memory for it.
     *
     * @param bytes the size of the output
     * @throws ExecutionException if an earlier publication failed
     * @throws TimeoutException if there was no memory in time
     */
    synchronized void publish(long bytes, Supplier<CompletableFuture<?>> publication)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (failure != null) {
            throw new ExecutionException(failure);
        }
        if (publications.size() >= CLEANUP_SIZE) {
            publications = new ArrayList<>(publications.stream()
                    .filter(each -> !each.isDone() || each.isCompletedExceptionally())
                    .toList());
        }
        long weight = bytes + OVERHEAD;
        if (!memory.take(weight, timeout)) {
            throw new TimeoutException("Earlier outputs of the message were not confirmed within " + timeout);
        }
        CompletableFuture<?> started;
        try {
            started = publication.get();
        } catch (RuntimeException e) {
            memory.release(weight);
            throw e;
        }
        publications.add(started);
        var _ = started.whenComplete((done, error) -> {
            if (error != null) {
                failure = error;
            }
            memory.release(weight);
        });
    }

    /**
     * Waits until all outputs are published.
     *
     * @throws ExecutionException if one could not be published; the others may have been
     * @throws TimeoutException if it took too long; outputs that have not been sent are not sent any more
     */
    public synchronized void await() throws ExecutionException, InterruptedException, TimeoutException {
        try {
            CompletableFuture.allOf(publications.toArray(CompletableFuture[]::new))
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            cancel();
            throw late;
        }
        if (failure != null) {
            throw new ExecutionException(failure);
        }
    }

    /** Cancels outputs that have not been sent: the next attempt publishes all of them again. */
    public synchronized void cancel() {
        publications.forEach(publication -> publication.cancel(false));
    }

    /** Adds an action to run after all outputs are published. */
    public void afterPublishing(Runnable action) {
        actions.add(action);
    }

    /** Runs the actions in the order in which they were added. */
    public void runActions() {
        actions.forEach(Runnable::run);
    }
}
