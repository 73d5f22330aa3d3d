package dev.attache.binder.batch;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A call to AWS that takes several entries at once. In its request the id of an entry is its place in the list, which
 * is unique by itself.
 *
 * @param <E> an entry
 * @param <R> what AWS says of an entry that it took
 */
@FunctionalInterface
public interface BatchCall<E, R> {

    CompletableFuture<BatchAnswer<R>> send(List<E> entries);

    /** The same, but what it throws is in the future as well. */
    default CompletableFuture<BatchAnswer<R>> attempt(List<E> entries) {
        try {
            return send(entries);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
