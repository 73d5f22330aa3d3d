package dev.attache.storage.multipart;

import dev.attache.aws.ObjectReads;
import dev.attache.contract.value.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Sends the calls to S3, and gives its errors their meaning. */
public final class S3MultipartObjects implements MultipartObjects {

    /**
     * "CompleteMultipartUpload": completing can take several minutes. The page does not wait that long, and asks again.
     */
    private static final Duration COMPLETION_ATTEMPT = Duration.ofSeconds(20);

    private static final Duration COMPLETION = Duration.ofSeconds(25);

    /** "CompleteMultipartUpload", errors about parts. */
    private static final Set<String> PART_ERRORS =
            Set.of("InvalidPart", "InvalidPartOrder", "EntityTooSmall", "BadDigest");

    private final S3Client s3;

    public S3MultipartObjects(S3Client s3) {
        this.s3 = s3;
    }

    @Override
    public String create(CreateMultipartUploadRequest request) {
        return s3.createMultipartUpload(request).uploadId();
    }

    @Override
    public Optional<List<StoredPart>> parts(ObjectRef object, String uploadId) {
        try {
            return Optional.of(s3
                    .listPartsPaginator(it -> it.bucket(object.bucket())
                            .key(object.key())
                            .uploadId(uploadId)
                            .overrideConfiguration(S3MultipartObjects::withOwnPermission))
                    .parts()
                    .stream()
                    .map(S3MultipartObjects::stored)
                    .toList());
        } catch (S3Exception e) {
            if (isGone(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Marks calls that need a permission that no other call needs ({@code s3:ListMultipartUploadParts},
     * {@code s3:AbortMultipartUpload}). If only they are refused, the circuit breaker stays closed.
     */
    private static void withOwnPermission(AwsRequestOverrideConfiguration.Builder call) {
        call.putExecutionAttribute(ObjectReads.OF_OBJECT, true);
    }

    private static StoredPart stored(Part part) {
        return new StoredPart(
                part.partNumber(),
                part.size(),
                part.eTag(),
                part.checksumSHA256(),
                part.lastModified() == null ? Instant.EPOCH : part.lastModified());
    }

    @Override
    public Completion complete(ObjectRef object, String uploadId, long size, List<StoredPart> parts) {
        CompleteMultipartUploadRequest request = CompleteMultipartUploadRequest.builder()
                .bucket(object.bucket())
                .key(object.key())
                .uploadId(uploadId)
                .multipartUpload(it -> it.parts(
                        parts.stream().map(S3MultipartObjects::completed).toList()))
                .mpuObjectSize(size)
                .ifNoneMatch("*")
                .overrideConfiguration(
                        it -> it.apiCallAttemptTimeout(COMPLETION_ATTEMPT).apiCallTimeout(COMPLETION))
                .build();
        try {
            s3.completeMultipartUpload(request);
            return Completion.COMPLETED;
        } catch (S3Exception e) {
            return meaning(e);
        }
    }

    private static CompletedPart completed(StoredPart part) {
        return CompletedPart.builder()
                .partNumber(part.number())
                .eTag(part.eTag())
                .checksumSHA256(part.sha256())
                .build();
    }

    /** "CompleteMultipartUpload" and "How to prevent object overwrites with conditional writes". */
    private static Completion meaning(S3Exception e) {
        if (e.statusCode() == 412) {
            return Completion.KEY_TAKEN;
        }
        if (e.statusCode() == 409) {
            return Completion.CONFLICT;
        }
        if (isGone(e)) {
            return Completion.NO_SUCH_UPLOAD;
        }
        if (e.statusCode() == 400 && PART_ERRORS.contains(code(e))) {
            return Completion.PARTS_CHANGED;
        }
        throw e;
    }

    @Override
    public void abort(ObjectRef object, String uploadId) {
        try {
            s3.abortMultipartUpload(it -> it.bucket(object.bucket())
                    .key(object.key())
                    .uploadId(uploadId)
                    .overrideConfiguration(S3MultipartObjects::withOwnPermission));
        } catch (S3Exception e) {
            if (!isGone(e)) {
                throw e;
            }
        }
    }

    @Override
    public Optional<String> checksum(ObjectRef object) {
        try {
            return Optional.ofNullable(s3.headObject(it -> it.bucket(object.bucket())
                            .key(object.key())
                            .versionId(object.versionId())
                            .checksumMode(ChecksumMode.ENABLED))
                    .checksumSHA256());
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isGone(S3Exception e) {
        return e.statusCode() == 404 && "NoSuchUpload".equals(code(e));
    }

    private static String code(S3Exception e) {
        return e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
    }
}
