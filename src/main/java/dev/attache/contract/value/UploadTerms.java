package dev.attache.contract.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an open upload accepts, after policy: never empty, never without a limit.
 *
 * @param contentTypes the media types accepted, lower case, without parameters
 * @param maxBytes the largest size in bytes
 * @param contentLength the exact size in bytes, where the request named it
 * @param fileName the object's file name, where the request named it
 * @param sha256 the content's SHA-256 as 64 lower-case hexadecimal digits, where the request named it
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
