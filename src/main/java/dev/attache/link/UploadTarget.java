package dev.attache.link;

import dev.attache.contract.value.ObjectRef;
import dev.attache.storage.StorageOptions;
import org.jspecify.annotations.Nullable;

/**
 * One file that a link or form uploads.
 *
 * @param object the object to write; the worker chooses its key
 * @param contentType the file's media type
 * @param contentLength the file's exact size in bytes
 * @param sha256 the SHA-256 of the content, as 64 hexadecimal digits; null if unknown
 * @param requestId the id of the upload's request, stored as the object's metadata {@code request-id}
 * @param fileName the file's name, stored as the object's metadata {@code file-name}; null if unknown
 * @param storage the encryption, storage class and tags that the upload must request:
 *     {@link dev.attache.source.SourcePolicy#uploadStorage()} of its source
 * @param fileId the id of the chosen file, stored as the object's metadata {@code file-id}; null if unknown
 */
public record UploadTarget(
        ObjectRef object,
        String contentType,
        long contentLength,
        @Nullable String sha256,
        String requestId,
        @Nullable String fileName,
        StorageOptions storage,
        @Nullable String fileId) {

    /** A file that a program sends, which has no id. */
    public UploadTarget(
            ObjectRef object,
            String contentType,
            long contentLength,
            @Nullable String sha256,
            String requestId,
            @Nullable String fileName,
            StorageOptions storage) {
        this(object, contentType, contentLength, sha256, requestId, fileName, storage, null);
    }

    /** What S3 stores with the file. */
    public ObjectAttributes attributes() {
        return new ObjectAttributes(contentType, requestId, fileName, storage, fileId);
    }
}
