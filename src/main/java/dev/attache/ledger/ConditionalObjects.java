package dev.attache.ledger;

import java.util.Optional;
import java.util.function.Consumer;

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
final class ConditionalObjects {

    private static final int TRIES = 8;

    private final S3Client s3;

    private final String bucket;

    private final Pause pause;

    ConditionalObjects(S3Client s3, String bucket, Pause pause) {
        this.s3 = s3;
        this.bucket = bucket;
        this.pause = pause;
    }

    Optional<Stored> get(String key) {
        try {
            ResponseBytes<GetObjectResponse> bytes = s3.getObjectAsBytes(it -> it.bucket(bucket).key(key));
            return Optional.of(new Stored(bytes.asByteArrayUnsafe(), bytes.response().eTag()));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    /** Writes the object if there is none: whether it did. */
    boolean putIfAbsent(String key, byte[] content, String contentType) {
        return put(key, content, contentType, it -> it.ifNoneMatch("*"));
    }

    /** Writes the object if it is still the one with this ETag: whether it did. */
    boolean putIfMatch(String key, byte[] content, String contentType, String eTag) {
        return put(key, content, contentType, it -> it.ifMatch(eTag));
    }

    private boolean put(String key, byte[] content, String contentType, Consumer<PutObjectRequest.Builder> condition) {
        PutObjectRequest request = PutObjectRequest.builder().bucket(bucket).key(key).contentType(contentType)
                .applyMutation(condition).build();
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                s3.putObject(request, RequestBody.fromBytes(content));
                return true;
            } catch (S3Exception e) {
                if (e.statusCode() == 412 || e.statusCode() == 404 && request.ifMatch() != null) {
                    return false;
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

    /** An object as it was read. */
    record Stored(byte[] content, String eTag) {
    }
}
