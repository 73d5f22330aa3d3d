package dev.attache.ledger.objects;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Reads and conditionally writes small objects in one bucket ("How to prevent object overwrites with conditional
 * writes"). This is the ledger's compare-and-swap: of several concurrent writes, one succeeds.
 *
 * <p>A write that reports a conflict may still have succeeded: if a response is lost, the SDK retries, and the retry
 * fails because of the first attempt's write. A caller that needs to know reads the object and compares its content,
 * which must differ between writers.
 */
public final class ConditionalObjects {

    private static final int TRIES = 8;

    private final S3Client s3;

    private final String bucket;

    private final Pause pause;

    public ConditionalObjects(S3Client s3, String bucket, Pause pause) {
        this.s3 = s3;
        this.bucket = bucket;
        this.pause = pause;
    }

    public Optional<Stored> get(String key) {
        try {
            ResponseBytes<GetObjectResponse> bytes =
                    s3.getObjectAsBytes(it -> it.bucket(bucket).key(key));
            return Optional.of(
                    new Stored(bytes.asByteArrayUnsafe(), bytes.response().eTag(), age(bytes.response())));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    /** Writes the object if it does not exist. Returns its ETag; empty if it exists. */
    public Optional<String> putIfAbsent(String key, byte[] content, String contentType) {
        return put(key, content, contentType, it -> it.ifNoneMatch("*"));
    }

    /** Writes the object if it has this ETag. Returns its new ETag; empty if it has another one or does not exist. */
    public Optional<String> putIfMatch(String key, byte[] content, String contentType, String eTag) {
        return put(key, content, contentType, it -> it.ifMatch(eTag));
    }

    private Optional<String> put(
            String key, byte[] content, String contentType, Consumer<PutObjectRequest.Builder> condition) {
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType(contentType)
                .checksumCRC32(crc32(content))
                .applyMutation(condition)
                .build();
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                return Optional.of(
                        s3.putObject(request, RequestBody.fromBytes(content)).eTag());
            } catch (S3Exception e) {
                if (e.statusCode() == 412 || (e.statusCode() == 404 && request.ifMatch() != null)) {
                    return Optional.empty();
                }
                if (e.statusCode() != 409) {
                    throw e;
                }
                // ConditionalRequestConflict: another write is in progress, whose result is not known yet.
                pause.beforeTry(attempt);
            }
        }
        // Not the whole key, which may contain the id of a page, a secret.
        throw new LedgerContentionException("S3 answered 409 to each of " + TRIES
                + " conditional writes of an object in " + key.substring(0, key.lastIndexOf('/') + 1));
    }

    /**
     * Returns a checksum in S3's format: big-endian and Base64 (Amazon S3 API Reference, "PutObject"). Buckets with
     * Object Lock require one.
     */
    public static String crc32(byte[] content) {
        CRC32 crc32 = new CRC32();
        crc32.update(content);
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) crc32.getValue())
                        .array());
    }

    /** Both times are in one response and from S3's clock, so the worker's clock does not matter. */
    private static @Nullable Duration age(GetObjectResponse response) {
        if (response.lastModified() == null || response.sdkHttpResponse() == null) {
            return null;
        }
        return response.sdkHttpResponse()
                .firstMatchingHeader("Date")
                .flatMap(ConditionalObjects::instant)
                .map(answered -> Duration.between(response.lastModified(), answered))
                .orElse(null);
    }

    private static Optional<Instant> instant(String httpDate) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(httpDate, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * An object that was read.
     *
     * @param age the time between the write and the response: {@code Date} minus {@code Last-Modified}, both truncated
     *     to seconds, so the error is less than one second; null if the response has no date
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and parsed at once.
    public record Stored(
            byte[] content, String eTag, @Nullable Duration age) {}
}
