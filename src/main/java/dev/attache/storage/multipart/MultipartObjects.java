package dev.attache.storage.multipart;

import dev.attache.contract.value.ObjectRef;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/**
 * The calls of S3 for multipart uploads. A call may throw although S3 has done what it asked for, because the answer
 * was lost; each can be repeated.
 */
public interface MultipartObjects {

    /** Starts a multipart upload, and returns its id. */
    String create(CreateMultipartUploadRequest request);

    /** The stored parts, in the order of their numbers; empty if the multipart upload was completed or aborted. */
    Optional<List<StoredPart>> parts(ObjectRef object, String uploadId);

    /**
     * Makes an object of exactly these parts, if none has the key.
     *
     * @param size the size of the object in bytes
     * @param parts all parts, in the order of their numbers, each with its SHA-256
     */
    Completion complete(ObjectRef object, String uploadId, long size, List<StoredPart> parts);

    /** The answer to a completion. */
    enum Completion {
        /** The object consists of the parts. */
        COMPLETED,
        /** An object has the key: of another upload, or of this one, whose answer was lost. */
        KEY_TAKEN,
        /** A part is missing or has another content. */
        PARTS_CHANGED,
        /** The multipart upload was aborted, or completed before. */
        NO_SUCH_UPLOAD,
        /** S3 is writing or deleting the object at this moment ({@code ConditionalRequestConflict}). */
        CONFLICT
    }

    /** Deletes the stored parts. Does nothing if the multipart upload was completed or aborted. */
    void abort(ObjectRef object, String uploadId);

    /**
     * The object's SHA-256 as S3 keeps it: for an object of a multipart upload, a hash of the hashes of its parts with
     * their number ("Checking object integrity in Amazon S3", composite checksums).
     *
     * @return empty if the object does not exist, or has no SHA-256
     */
    Optional<String> checksum(ObjectRef object);
}
