package dev.attache.intake;

import dev.attache.contract.value.RejectedException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects rejections of single recipients, so that a request continues for its other recipients. The request is
 * rejected at the end, with the first rejection. Thread-safe.
 */
final class RejectedRecipients {

    private final AtomicReference<@Nullable RejectedException> first = new AtomicReference<>();

    /** Returns the result for one recipient; empty if the recipient is rejected. */
    <T> Optional<T> unless(Supplier<T> made) {
        try {
            return Optional.of(made.get());
        } catch (RejectedException e) {
            first.compareAndSet(null, e);
            return Optional.empty();
        }
    }

    /**
     * Throws the first rejection, if there was one; otherwise returns an empty stream. Append it lazily to the stream
     * of results.
     */
    <T> Stream<T> thrown() {
        RejectedException rejection = first.get();
        if (rejection != null) {
            throw rejection;
        }
        return Stream.empty();
    }
}
