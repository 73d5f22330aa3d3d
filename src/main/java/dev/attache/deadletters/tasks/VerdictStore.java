package dev.attache.deadletters.tasks;

import dev.attache.deadletters.Verdicts;
import dev.attache.ledger.objects.ConditionalObjects;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Stores the results of dry runs as {@code <task>.json}. */
public final class VerdictStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ConditionalObjects objects;

    private final String folder;

    /** @param folder ends with a slash */
    public VerdictStore(ConditionalObjects objects, String folder) {
        this.objects = objects;
        this.folder = folder;
    }

    /** Stores the results; those of a task that was resumed after it had stored them are the same. */
    public void put(UUID task, Verdicts verdicts) {
        var _ = objects.putIfAbsent(key(task), JSON.writeValueAsBytes(verdicts), "application/json");
    }

    public Optional<Verdicts> find(UUID task) {
        return objects.get(key(task)).map(stored -> JSON.readValue(stored.content(), Verdicts.class));
    }

    private String key(UUID task) {
        return folder + task + ".json";
    }
}
