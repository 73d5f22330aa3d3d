package dev.attache.intake;

import dev.attache.contract.value.RejectedException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request go on for its other recipients when one of them is rejected. The request is rejected at the end, for
 * the first reason. Safe for use by several threads.
 */
final class RejectedRecipients {

    private final AtomicReference<@Nullable RejectedException> first = new AtomicReference<>();

    /** What is made for one recipient; empty when it is rejected. */
    <T> Optional<T> unless(Supplier<T> made) {
        try {
            return Optional.of(made.get());
        } catch (RejectedException e) {
            first.compareAndSet(null, e);
            return Optional.empty();
        }
    }

    /**
     * An empty stream. It throws the first rejection, if there was one, at the end of a stream that it was appended to.
     */
    <T> Stream<T> thrown() {
        RejectedException rejection = first.get();
        if (rejection != null) {
            throw rejection;
        }
        return Stream.empty();
    }
}
