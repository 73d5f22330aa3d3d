package dev.attache.link;

import dev.attache.contract.value.ObjectRef;
import dev.attache.storage.FileNameMetadata;
import dev.attache.storage.RequestIds;
import dev.attache.storage.StorageClass;
import dev.attache.storage.StorageOptions;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/**
 * What S3 stores with an uploaded object besides its content. Each way to upload states the same: a PUT in its headers,
 * a form in its fields, and a multipart upload when it is created.
 *
 * @param contentType printable ASCII
 * @param requestId the id of the upload's request; any text
 * @param fileName the file's name; any text, null if unknown
 * @param fileId 32 hexadecimal digits ({@link FileNameMetadata}); null if unknown
 */
public record ObjectAttributes(
        String contentType,
        String requestId,
        @Nullable String fileName,
        StorageOptions storage,
        @Nullable String fileId) {

    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E]*[\\x21-\\x7E])?");

    public ObjectAttributes {
        if (!PRINTABLE.matcher(contentType).matches()) {
            throw new IllegalArgumentException("An upload's content type must be printable ASCII");
        }
    }

    /** An object whose file has no id. */
    public ObjectAttributes(String contentType, String requestId, @Nullable String fileName, StorageOptions storage) {
        this(contentType, requestId, fileName, storage, null);
    }

    /** The headers of a PutObject or CreateMultipartUpload, with lower-case names. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", contentType);
        headers.putAll(storage.headers());
        metadata().forEach((name, value) -> headers.put("x-amz-meta-" + name, value));
        return Collections.unmodifiableMap(headers);
    }

    /** The object's own metadata, by their names without {@code x-amz-meta-}, encoded for headers. */
    public Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(RequestIds.METADATA, RequestIds.toMetadata(requestId));
        if (fileName != null) {
            metadata.put(FileNameMetadata.METADATA, FileNameMetadata.of(fileName));
        }
        if (fileId != null) {
            metadata.put(FileNameMetadata.ID_METADATA, fileId);
        }
        return Collections.unmodifiableMap(metadata);
    }

    /** A request that creates a multipart upload with these attributes, whose parts have SHA-256 checksums. */
    public CreateMultipartUploadRequest.Builder createMultipartUpload(ObjectRef object) {
        Map<String, String> options = new HashMap<>(storage.encryption().headers());
        StorageClass storageClass = storage.storageClass();
        return CreateMultipartUploadRequest.builder()
                .bucket(object.bucket())
                .key(object.key())
                .contentType(contentType)
                .metadata(metadata())
                .serverSideEncryption(options.get("x-amz-server-side-encryption"))
                .ssekmsKeyId(storage.encryption().kmsKeyId())
                .storageClass(storageClass == null ? null : storageClass.name())
                .tagging(storage.tags().isEmpty() ? null : storage.tagging())
                .checksumAlgorithm(ChecksumAlgorithm.SHA256);
    }
}
