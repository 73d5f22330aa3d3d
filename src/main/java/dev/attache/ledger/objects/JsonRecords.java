package dev.attache.ledger.objects;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records as JSON objects that are changed by compare-and-swap. A record that was never written has a default value.
 *
 * @param <T> the type of the records
 */
public final class JsonRecords<T> {

    private static final int TRIES = 10;

    private static final String CONTENT_TYPE = "application/json";

    /**
     * The ledger's own mapper, so that its format does not depend on the application's. Unknown fields, such as those
     * of a later release, are ignored.
     */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .changeDefaultPropertyInclusion(it -> it.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private final ConditionalObjects objects;

    private final Class<T> type;

    private final T none;

    private final Pause pause;

    /** @param none the value of a record that was never written */
    public JsonRecords(ConditionalObjects objects, Class<T> type, T none, Pause pause) {
        this.objects = objects;
        this.type = type;
        this.none = none;
        this.pause = pause;
    }

    /** The record as it is now; the default if it was never written. */
    public T find(String key) {
        return read(objects.get(key));
    }

    /**
     * Reads a record, changes it, and writes it if it was not changed since; otherwise repeats all three. If the change
     * returns its argument or an equal record, nothing is written.
     *
     * @param change may be applied several times. If the response to a write was lost, it is applied to a record that
     *     contains the change already, and has to return it as it is
     * @return the record with the change
     */
    public T change(String key, UnaryOperator<T> change) {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Optional<ConditionalObjects.Stored> stored = objects.get(key);
            T recorded = read(stored);
            T changed = change.apply(recorded);
            if (changed.equals(recorded)) {
                return recorded;
            }
            byte[] content = JSON.writeValueAsBytes(changed);
            Optional<String> eTag = stored.isEmpty()
                    ? objects.putIfAbsent(key, content, CONTENT_TYPE)
                    : objects.putIfMatch(
                            key, content, CONTENT_TYPE, stored.get().eTag());
            if (eTag.isPresent()) {
                return changed;
            }
            pause.beforeTry(attempt);
        }
        throw new LedgerContentionException(
                "Other workers changed the record " + key + " at each of " + TRIES + " attempts");
    }

    private T read(Optional<ConditionalObjects.Stored> stored) {
        return stored.map(it -> JSON.readValue(it.content(), type)).orElse(none);
    }
}
