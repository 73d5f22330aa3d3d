package dev.attache.binder.batch;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The answer to a batch call.
 *
 * @param accepted the results of the entries that AWS accepted, by their ids
 * @param refused the errors of the other entries, by their ids: what a call for that entry alone would have thrown
 */
public record BatchAnswer<R>(Map<String, R> accepted, Map<String, Throwable> refused) {

    public static <R, F> BatchAnswer<R> of(
            List<R> accepted,
            Function<R, String> id,
            List<F> refused,
            Function<F, String> refusedId,
            Function<F, Throwable> reason) {
        return new BatchAnswer<>(
                accepted.stream().collect(Collectors.toMap(id, Function.identity())),
                refused.stream().collect(Collectors.toMap(refusedId, reason)));
    }
}
