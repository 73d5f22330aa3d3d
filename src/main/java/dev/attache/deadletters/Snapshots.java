package dev.attache.deadletters;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.attache.ledger.objects.ConditionalObjects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores the last snapshot of each dead-letter queue as {@code <queue>.json.gz}. Only the task that has the queue's
 * lease writes it.
 */
public final class Snapshots implements DeadLetters {

    private static final int NOT_MODIFIED = 304;

    private static final Duration KEPT = Duration.ofMinutes(5);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final S3Client s3;

    private final String bucket;

    private final String folder;

    /** Pages are requested every few seconds, and a snapshot may have megabytes. */
    private final Cache<String, Loaded> loaded =
            Caffeine.newBuilder().softValues().expireAfterAccess(KEPT).build();

    private record Loaded(String eTag, Snapshot snapshot) {}

    /** @param folder ends with a slash */
    public Snapshots(S3Client s3, String bucket, String folder) {
        this.s3 = s3;
        this.bucket = bucket;
        this.folder = folder;
    }

    @Override
    public Optional<Snapshot> snapshot(String queue) {
        Loaded known = loaded.getIfPresent(queue);
        try (ResponseInputStream<GetObjectResponse> response = s3.getObject(
                it -> it.bucket(bucket).key(key(queue)).ifNoneMatch(known == null ? null : known.eTag()))) {
            Snapshot read = JSON.readValue(new GZIPInputStream(response), Snapshot.class);
            loaded.put(queue, new Loaded(response.response().eTag(), read));
            return Optional.of(read);
        } catch (NoSuchKeyException never) {
            return Optional.empty();
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_MODIFIED && known != null) {
                return Optional.of(known.snapshot());
            }
            throw e;
        } catch (JacksonException otherFormat) {
            // Of another release: a new scan replaces it.
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void store(Snapshot snapshot) {
        byte[] content = compressed(snapshot);
        String eTag = s3.putObject(
                        it -> it.bucket(bucket)
                                .key(key(snapshot.queue()))
                                .contentType("application/gzip")
                                .checksumCRC32(ConditionalObjects.crc32(content)),
                        RequestBody.fromBytes(content))
                .eTag();
        if (eTag != null) {
            loaded.put(snapshot.queue(), new Loaded(eTag, snapshot));
        }
    }

    /** Removes letters that are no longer in the queue. */
    public void remove(String queue, Set<String> messageIds) {
        if (!messageIds.isEmpty()) {
            snapshot(queue).ifPresent(it -> store(it.without(messageIds)));
        }
    }

    private static byte[] compressed(Snapshot snapshot) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            JSON.writeValue(gzip, snapshot);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private String key(String queue) {
        return folder + queue + ".json.gz";
    }
}
