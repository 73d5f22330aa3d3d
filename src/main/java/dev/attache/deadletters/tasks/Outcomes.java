package dev.attache.deadletters.tasks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.attache.ledger.objects.ConditionalObjects;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.databind.json.JsonMapper;

/**
 * What became of the letters that tasks have sent, as {@code <task>/<random>.json}: each object has the outcomes that
 * one worker has seen within a second.
 */
public final class Outcomes {

    private static final Duration KEPT = Duration.ofMinutes(10);

    private static final int TASKS = 50;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ConditionalObjects objects;

    private final S3Client s3;

    private final String bucket;

    private final String folder;

    /** Objects never change, so each is read once. */
    private final Cache<UUID, Map<String, List<Outcome>>> read =
            Caffeine.newBuilder().maximumSize(TASKS).expireAfterAccess(KEPT).build();

    /**
     * @param letter the message id of the dead letter
     * @param code the code of the rejection; null if the message was handled
     */
    public record Outcome(String letter, @Nullable String code) {}

    private record Content(List<Outcome> outcomes) {}

    /** @param folder ends with a slash */
    public Outcomes(ConditionalObjects objects, S3Client s3, String bucket, String folder) {
        this.objects = objects;
        this.s3 = s3;
        this.bucket = bucket;
        this.folder = folder;
    }

    public void add(UUID task, List<Outcome> outcomes) {
        var _ = objects.putIfAbsent(
                folder(task) + UUID.randomUUID() + ".json",
                JSON.writeValueAsBytes(new Content(outcomes)),
                "application/json");
    }

    public Tally tally(UUID task) {
        Map<String, List<Outcome>> known = read.get(task, any -> new ConcurrentHashMap<>());
        s3.listObjectsV2Paginator(it -> it.bucket(bucket).prefix(folder(task))).contents().stream()
                .map(S3Object::key)
                .filter(key -> !known.containsKey(key))
                .toList()
                .forEach(key -> objects.get(key)
                        .map(stored -> JSON.readValue(stored.content(), Content.class))
                        .ifPresent(content -> known.put(key, List.copyOf(content.outcomes()))));
        return Tally.of(known.values().stream().flatMap(List::stream).toList());
    }

    private String folder(UUID task) {
        return folder + task + "/";
    }

    /**
     * The outcome of each letter. A letter that was sent twice counts once, as handled if one of the two was.
     *
     * @param letters the code for each letter; empty if it was handled
     */
    public record Tally(Map<String, String> letters) {

        static Tally of(List<Outcome> outcomes) {
            Map<String, String> letters = new TreeMap<>();
            outcomes.forEach(outcome -> letters.merge(
                    outcome.letter(),
                    outcome.code() == null ? "" : outcome.code(),
                    (one, other) -> one.isEmpty() || other.isEmpty() ? "" : other));
            return new Tally(letters);
        }

        public boolean isHandled(String letter) {
            return "".equals(letters.get(letter));
        }

        public long handled() {
            return letters.values().stream().filter(String::isEmpty).count();
        }

        public long rejected() {
            return letters.size() - handled();
        }

        /** How often each code occurred. */
        public Map<String, Long> codes() {
            Map<String, Long> codes = new TreeMap<>();
            letters.values().stream().filter(code -> !code.isEmpty()).forEach(code -> codes.merge(code, 1L, Long::sum));
            return codes;
        }
    }
}
