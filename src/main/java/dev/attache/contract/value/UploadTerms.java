package dev.attache.contract.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The terms of an upload: the limits of the request, completed and restricted by the source's policy.
 *
 * @param contentTypes the allowed media types in lower case, without parameters; at least one
 * @param maxBytes the largest size in bytes
 * @param contentLength the exact size in bytes; null if the request does not specify it
 * @param fileName the object's file name; null if the request does not specify it
 * @param sha256 the content's SHA-256 as 64 lower-case hexadecimal digits; null if the request does not specify it
 */
public record UploadTerms(
        List<String> contentTypes,
        long maxBytes,
        @Nullable Long contentLength,
        @Nullable String fileName,
        @Nullable String sha256) {

    public UploadTerms {
        contentTypes = List.copyOf(contentTypes);
    }
}
