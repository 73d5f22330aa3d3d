package dev.attache.ledger.objects;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * S3 for dry runs: reads objects, and keeps what is written in memory instead of writing it. What was written is read
 * again, and conditional writes are compared with it and with the objects of S3, so code that uses this client decides
 * as with S3. Lists do not contain what was written. All other calls throw {@link UnsupportedOperationException}, so
 * none of them can change anything. Thread-safe.
 */
public final class PreviewS3 implements S3Client {

    private final S3Client s3;

    /** By bucket and key; empty for an object that was deleted. */
    private final Map<String, Optional<Written>> changed = new ConcurrentHashMap<>();

    private final AtomicLong writes = new AtomicLong();

    /** @param s3 is asked for objects that were not written here */
    public PreviewS3(S3Client s3) {
        this.s3 = s3;
    }

    private record Written(ResponseBytes<GetObjectResponse> content) {

        String eTag() {
            return content.response().eTag();
        }
    }

    /** Whether nothing would have been written or deleted. */
    public boolean isUnchanged() {
        return changed.isEmpty();
    }

    @Override
    public <R> R getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, R> transformer) {
        Optional<Written> written = changed.get(name(request.bucket(), request.key()));
        if (written == null) {
            return s3.getObject(request, transformer);
        }
        ResponseBytes<GetObjectResponse> content =
                written.orElseThrow(PreviewS3::noSuchKey).content();
        try {
            return transformer.transform(content.response(), AbortableInputStream.create(content.asInputStream()));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("An object in memory cannot be read", e);
        }
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        return s3.listObjectsV2(request);
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        requireCondition(request);
        String eTag = "\"preview-" + writes.incrementAndGet() + "\"";
        GetObjectResponse response = (GetObjectResponse) GetObjectResponse.builder()
                .eTag(eTag)
                .contentType(request.contentType())
                .sdkHttpResponse(SdkHttpResponse.builder().statusCode(200).build())
                .build();
        changed.put(
                name(request.bucket(), request.key()),
                Optional.of(new Written(ResponseBytes.fromInputStream(
                        response, body.contentStreamProvider().newStream()))));
        return PutObjectResponse.builder().eTag(eTag).build();
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
        changed.put(name(request.bucket(), request.key()), Optional.empty());
        return DeleteObjectResponse.builder().build();
    }

    /** "PutObject": 412 if the condition is not met, 404 if there is no object to match. */
    private void requireCondition(PutObjectRequest request) {
        if (request.ifNoneMatch() == null && request.ifMatch() == null) {
            return;
        }
        Optional<String> existing = eTag(request.bucket(), request.key());
        if (request.ifNoneMatch() != null && existing.isPresent()) {
            throw failed(412, "PreconditionFailed");
        }
        if (request.ifMatch() != null) {
            String eTag = existing.orElseThrow(PreviewS3::noSuchKey);
            if (!eTag.equals(request.ifMatch())) {
                throw failed(412, "PreconditionFailed");
            }
        }
    }

    private Optional<String> eTag(String bucket, String key) {
        Optional<Written> written = changed.get(name(bucket, key));
        if (written != null) {
            return written.map(Written::eTag);
        }
        try {
            return Optional.of(s3.getObjectAsBytes(it -> it.bucket(bucket).key(key))
                    .response()
                    .eTag());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    private static S3Exception noSuchKey() {
        return NoSuchKeyException.builder().statusCode(404).message("NoSuchKey").build();
    }

    private static S3Exception failed(int status, String code) {
        return (S3Exception)
                S3Exception.builder().statusCode(status).message(code).build();
    }

    /** No bucket's name has a slash. */
    private static String name(String bucket, String key) {
        return bucket + "/" + key;
    }

    @Override
    public String serviceName() {
        return s3.serviceName();
    }

    /** Does nothing: the other client belongs to its owner. */
    @Override
    public void close() {
        // Nothing is open here.
    }
}
