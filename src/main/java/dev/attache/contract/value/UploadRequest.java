package dev.attache.contract.value;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a requested upload.
 *
 * @param fileName the file name of the object; null for the name of the chosen file
 * @param contentTypes the allowed media types; empty for all that the source's policy allows
 * @param contentLength the exact size in bytes; null if unknown
 * @param maxBytes the largest size in bytes
 * @param sha256 the SHA-256 of the content, 64 hexadecimal digits; null if unknown
 * @param maxFiles how many files are accepted; null for one file, without {@code upload.completed}
 * @param receipt whether the person who uploads gets a receipt by mail; null for true
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record UploadRequest(
        @Nullable String fileName,
        List<String> contentTypes,
        @Nullable Long contentLength,
        @Nullable Long maxBytes,
        @Nullable String sha256,
        @Nullable Integer maxFiles,
        @Nullable Boolean receipt) {

    /** Bytes. "PutObject", "POST Object": S3 accepts 5 GB at once; a larger file must be sent in parts. */
    public static final long LARGEST_PUT = 5L << 30;

    public UploadRequest {
        contentTypes = contentTypes == null ? List.of() : List.copyOf(contentTypes);
    }
}
