package dev.attache.sandbox.s3;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What S3 keeps of multipart uploads that are neither completed nor aborted, and S3Proxy does not: which there are, and
 * the SHA-256 of each part. S3Proxy takes parts for any id, and compares only the ETags at the completion.
 */
public final class PendingMultiparts {

    private final Map<String, Map<Integer, String>> checksums = new ConcurrentHashMap<>();

    private final ThreadLocal<@Nullable Long> statedSize = new ThreadLocal<>();

    void started(String uploadId) {
        checksums.put(uploadId, new ConcurrentHashMap<>());
    }

    void ended(String uploadId) {
        checksums.remove(uploadId);
    }

    /** @throws S3Exception {@code NoSuchUpload} */
    void require(String uploadId) {
        if (!checksums.containsKey(uploadId)) {
            throw error(404, "NoSuchUpload", "The specified multipart upload does not exist");
        }
    }

    /** @param sha256 in base64; null if the part was sent without one */
    void stored(String uploadId, int part, @Nullable String sha256) {
        checksums.computeIfPresent(uploadId, (id, parts) -> {
            if (sha256 == null) {
                parts.remove(part);
            } else {
                parts.put(part, sha256);
            }
            return parts;
        });
    }

    /** The SHA-256 of a part in base64; null if unknown. */
    @Nullable
    String checksum(String uploadId, int part) {
        return checksums.getOrDefault(uploadId, Map.of()).get(part);
    }

    /** @throws S3Exception {@code InvalidPart} if the part has another SHA-256 than the completion states */
    void requireChecksum(String uploadId, CompletedPart part) {
        String stated = part.checksumSHA256();
        if (stated != null && !stated.equals(checksum(uploadId, part.partNumber()))) {
            throw error(400, "InvalidPart", "One or more of the specified parts could not be found");
        }
    }

    /** Executes a request of this thread that states the size of the object in {@code x-amz-mp-object-size}. */
    <T> T withStatedSize(@Nullable Long size, Request<T> request) throws Exception {
        statedSize.set(size);
        try {
            return request.execute();
        } finally {
            statedSize.remove();
        }
    }

    /** A request to S3Proxy. */
    @FunctionalInterface
    interface Request<T> {

        T execute() throws Exception;
    }

    /** @throws S3Exception {@code InvalidRequest} if this thread's request states another size */
    void requireSize(long size) {
        Long stated = statedSize.get();
        if (stated != null && stated != size) {
            throw S3Exceptions.invalidRequest(
                    "The provided 'x-amz-mp-object-size' header does not match what was computed");
        }
    }

    private static S3Exception error(int status, String code, String message) {
        return (S3Exception) S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .message(message)
                .build();
    }
}
