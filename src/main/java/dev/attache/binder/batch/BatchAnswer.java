package dev.attache.binder.batch;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What AWS answers to a batch.
 *
 * @param taken what it says of the entries that it took, by their ids
 * @param refused why it did not take the others, by their ids: what the call would have failed with for this entry
 *     alone
 */
public record BatchAnswer<R>(Map<String, R> taken, Map<String, Throwable> refused) {

    public static <R, F> BatchAnswer<R> of(
            List<R> taken,
            Function<R, String> id,
            List<F> refused,
            Function<F, String> refusedId,
            Function<F, Throwable> reason) {
        return new BatchAnswer<>(
                taken.stream().collect(Collectors.toMap(id, Function.identity())),
                refused.stream().collect(Collectors.toMap(refusedId, reason)));
    }
}
