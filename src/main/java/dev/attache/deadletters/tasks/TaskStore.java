package dev.attache.deadletters.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.LedgerContentionException;
import dev.attache.ledger.objects.Pause;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.databind.json.JsonMapper;

/** Stores tasks as {@code <id>.json}, changed by compare-and-swap. */
final class TaskStore {

    private static final int TRIES = 10;

    private static final String CONTENT_TYPE = "application/json";

    private static final String SUFFIX = ".json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(it -> it.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private final ConditionalObjects objects;

    private final S3Client s3;

    private final String bucket;

    private final String folder;

    private final Pause pause;

    /** @param folder the folder of the tasks, ending with a slash */
    TaskStore(ConditionalObjects objects, S3Client s3, String bucket, String folder, Pause pause) {
        this.objects = objects;
        this.s3 = s3;
        this.bucket = bucket;
        this.folder = folder;
        this.pause = pause;
    }

    void create(TaskRecord created) {
        // Empty if the response of the first try was lost.
        var _ = objects.putIfAbsent(key(created.task().id()), JSON.writeValueAsBytes(created), CONTENT_TYPE);
    }

    Optional<TaskRecord> find(UUID id) {
        return objects.get(key(id)).map(TaskStore::read);
    }

    /**
     * Changes a task. Writes nothing if the change returns an equal record.
     *
     * @param change may be applied several times
     * @throws NoSuchElementException if there is no such task
     */
    TaskRecord change(UUID id, UnaryOperator<TaskRecord> change) {
        byte[] attempted = {};
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            ConditionalObjects.Stored stored =
                    objects.get(key(id)).orElseThrow(() -> new NoSuchElementException("There is no task " + id));
            TaskRecord recorded = read(stored);
            if (Arrays.equals(stored.content(), attempted)) {
                // The response to this write was lost.
                return recorded;
            }
            TaskRecord changed = change.apply(recorded);
            if (changed.equals(recorded)) {
                return recorded;
            }
            attempted = JSON.writeValueAsBytes(changed);
            if (objects.putIfMatch(key(id), attempted, CONTENT_TYPE, stored.eTag())
                    .isPresent()) {
                return changed;
            }
            pause.beforeTry(attempt);
        }
        throw new LedgerContentionException("Task " + id + " was changed by others at each of " + TRIES + " attempts");
    }

    /** The ids of all tasks, the newest first. */
    List<UUID> newest() {
        return s3.listObjectsV2Paginator(it -> it.bucket(bucket).prefix(folder)).contents().stream()
                .map(S3Object::key)
                .flatMap(this::id)
                .toList()
                .reversed();
    }

    private Stream<UUID> id(String key) {
        String name = key.substring(folder.length());
        try {
            return name.endsWith(SUFFIX)
                    ? Stream.of(UUID.fromString(name.substring(0, name.length() - SUFFIX.length())))
                    : Stream.empty();
        } catch (IllegalArgumentException foreign) {
            return Stream.empty();
        }
    }

    private static TaskRecord read(ConditionalObjects.Stored stored) {
        return JSON.readValue(stored.content(), TaskRecord.class);
    }

    private String key(UUID id) {
        return folder + id + SUFFIX;
    }
}
