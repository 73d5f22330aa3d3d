package dev.attache.link;

import dev.attache.contract.value.ObjectRef;
import org.jspecify.annotations.Nullable;

/**
 * One file that is to be uploaded.
 *
 * @param object where to; the key is the server's
 * @param contentType its media type
 * @param contentLength its exact size in bytes
 * @param sha256 the SHA-256 of its content, 64 hexadecimal digits, where it is known
 * @param requestId the request it answers; kept as the object's metadata {@code request-id}
 * @param fileName what people call it, where that is known; kept as the object's metadata {@code file-name}
 */
public record UploadTarget(
        ObjectRef object,
        String contentType,
        long contentLength,
        @Nullable String sha256,
        String requestId,
        @Nullable String fileName) {}
