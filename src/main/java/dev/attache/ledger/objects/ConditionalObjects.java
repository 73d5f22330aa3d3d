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
 * Small objects in one bucket, written only on a condition ("How to prevent object overwrites with conditional
 * writes"). The ledger's compare-and-swap: of several writers at a time, S3 lets one win.
 *
 * <p>A write that did not win may still be ours: an answer was lost, and the SDK's second try met what the first had
 * written. Who needs to know reads back and compares, which takes content that no two writers have in common.
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

    /** Writes the object if there is none: its ETag, or nothing when there was one. */
    public Optional<String> putIfAbsent(String key, byte[] content, String contentType) {
        return put(key, content, contentType, it -> it.ifNoneMatch("*"));
    }

    /** Writes the object if it is still the one with this ETag: its new one, or nothing when it was another. */
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
                // ConditionalRequestConflict: another write was under way, and nobody knows yet who wins.
                pause.beforeTry(attempt);
            }
        }
        // Not the whole key: a page's id is a secret.
        throw new LedgerContentionException("S3 answered 409 to each of " + TRIES + " conditional writes to "
                + key.substring(0, key.lastIndexOf('/') + 1));
    }

    /**
     * A checksum as S3 takes it: big-endian and in Base64 (Amazon S3 API Reference, "PutObject"). Buckets with Object
     * Lock insist on one.
     */
    public static String crc32(byte[] content) {
        CRC32 crc32 = new CRC32();
        crc32.update(content);
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) crc32.getValue())
                        .array());
    }

    /** Both instants are of S3's clock and stand in one answer, so that no clock of ours has a say. */
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
     * An object as it was read.
     *
     * @param age how long before the answer it was written: {@code Date} less {@code Last-Modified}, both cut to
     *     seconds, so that it is wrong by less than one; absent when the answer has no date
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and parsed at once.
    public record Stored(
            byte[] content, String eTag, @Nullable Duration age) {}
}
