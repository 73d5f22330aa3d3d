package dev.attache.contract.value;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be uploaded.
 *
 * @param fileName the name the object gets; otherwise that of the file that the person picks
 * @param contentTypes the media types accepted; empty means all that the source's policy accepts
 * @param contentLength the exact size in bytes, where it is known
 * @param maxBytes the largest size in bytes
 * @param sha256 the SHA-256 of the content, 64 hexadecimal digits, where it is known
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record UploadRequest(
        @Nullable String fileName,
        List<String> contentTypes,
        @Nullable Long contentLength,
        @Nullable Long maxBytes,
        @Nullable String sha256) {

    public UploadRequest {
        contentTypes = contentTypes == null ? List.of() : List.copyOf(contentTypes);
    }
}
