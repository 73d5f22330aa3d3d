package dev.attache.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One object for each entry: {@code <prefix><day>/<time>-<uuid>.json}, both in UTC. S3 lists keys in ascending order
 * only, so a day is listed completely to read its latest entries.
 */
final class S3AuditLog implements AuditLog {

    private static final DateTimeFormatter KEY =
            DateTimeFormatter.ofPattern("yyyyMMdd/HHmmss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Entries never change. */
    private static final int CACHED = 5_000;

    /** The most entries that are read for one page of matches. */
    private static final int MOST_READ = 1_000;

    /** Objects that are read at the same time. */
    private static final int BATCH = 25;

    private final JsonMapper json = JsonMapper.builder().build();

    private final Cache<String, AuditEntry> known =
            Caffeine.newBuilder().maximumSize(CACHED).build();

    private final S3Client s3;

    private final String bucket;

    private final String prefix;

    S3AuditLog(S3Client s3, String bucket, String prefix) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    @Override
    public void record(AuditEntry entry) {
        String key = prefix + KEY.format(entry.at()) + "-" + UUID.randomUUID() + ".json";
        try {
            // With the condition, a policy can allow to add entries, and not to overwrite them.
            s3.putObject(
                    it -> it.bucket(bucket)
                            .key(key)
                            .contentType("application/json")
                            .ifNoneMatch("*"),
                    RequestBody.fromBytes(json.writeValueAsBytes(entry)));
        } catch (SdkException e) {
            // 412: the key is random, so an earlier try has stored this entry, and its answer was lost.
            if (!(e instanceof S3Exception answer && answer.statusCode() == 412)) {
                throw new AuditUnavailableException(
                        "The action was not done, because it could not be recorded in the audit: S3 did not store the"
                                + " entry",
                        e);
            }
        }
    }

    @Override
    public AuditPage latest(int limit, @Nullable String older, String containing) {
        try {
            return read(
                    limit,
                    older == null ? "" : prefix + older,
                    containing.strip().toLowerCase(Locale.ROOT));
        } catch (SdkException | JacksonException e) {
            throw new AuditUnavailableException("The audit cannot be read from S3", e);
        }
    }

    private AuditPage read(int limit, String before, String containing) {
        List<AuditEntry> found = new ArrayList<>();
        int read = 0;
        for (String day : days().reversed()) {
            if (!before.isEmpty() && day.compareTo(before) > 0) {
                continue;
            }
            List<String> keys = keys(day).reversed().stream()
                    .filter(key -> before.isEmpty() || key.compareTo(before) < 0)
                    .toList();
            for (int from = 0; from < keys.size(); from += BATCH) {
                List<String> batch = keys.subList(from, Math.min(keys.size(), from + BATCH));
                List<AuditEntry> entries = entries(batch);
                for (int i = 0; i < batch.size(); i++) {
                    if (matches(entries.get(i), containing)) {
                        found.add(entries.get(i));
                    }
                    read++;
                    if (found.size() == limit || read == MOST_READ) {
                        return new AuditPage(found, batch.get(i).substring(prefix.length()));
                    }
                }
            }
        }
        return new AuditPage(found, null);
    }

    /** The folders of days, which lifecycle rules keep to a few hundred. */
    private List<String> days() {
        return s3.listObjectsV2Paginator(it -> it.bucket(bucket).prefix(prefix).delimiter("/")).stream()
                .map(ListObjectsV2Response::commonPrefixes)
                .flatMap(List::stream)
                .map(CommonPrefix::prefix)
                .toList();
    }

    private List<String> keys(String day) {
        return s3.listObjectsV2Paginator(it -> it.bucket(bucket).prefix(day)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private List<AuditEntry> entries(List<String> keys) {
        try (ExecutorService reads = Executors.newVirtualThreadPerTaskExecutor()) {
            return keys.stream().map(key -> CompletableFuture.supplyAsync(() -> entry(key), reads)).toList().stream()
                    .map(S3AuditLog::result)
                    .toList();
        }
    }

    private static AuditEntry result(CompletableFuture<AuditEntry> read) {
        try {
            return read.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    private AuditEntry entry(String key) {
        return known.get(
                key,
                missing -> json.readValue(
                        s3.getObjectAsBytes(it -> it.bucket(bucket).key(missing))
                                .asByteArrayUnsafe(),
                        AuditEntry.class));
    }

    private static boolean matches(AuditEntry entry, String containing) {
        return containing.isEmpty()
                || Stream.concat(
                                Stream.of(entry.actor(), entry.action(), entry.target()),
                                entry.details().values().stream())
                        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(containing));
    }
}
