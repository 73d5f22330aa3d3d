package dev.attache.binder.batch;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A call to AWS for several entries. The id of an entry in the request is its index in the list.
 *
 * @param <E> an entry
 * @param <R> the result of an entry that AWS accepted
 */
@FunctionalInterface
public interface BatchCall<E, R> {

    CompletableFuture<BatchAnswer<R>> send(List<E> entries);

    /** Like {@link #send}, but an exception completes the future instead of being thrown. */
    default CompletableFuture<BatchAnswer<R>> attempt(List<E> entries) {
        try {
            return send(entries);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
