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
 * @param maxFiles how many files the request allows; null if it does not state a number, which means one file
 * @param receipt whether the person who uploads gets a receipt by mail; null for true
 */
public record UploadTerms(
        List<String> contentTypes,
        long maxBytes,
        @Nullable Long contentLength,
        @Nullable String fileName,
        @Nullable String sha256,
        @Nullable Integer maxFiles,
        @Nullable Boolean receipt) {

    public UploadTerms {
        contentTypes = List.copyOf(contentTypes);
    }

    /** The terms of a request that does not say whether it wants a receipt. */
    public UploadTerms(
            List<String> contentTypes,
            long maxBytes,
            @Nullable Long contentLength,
            @Nullable String fileName,
            @Nullable String sha256,
            @Nullable Integer maxFiles) {
        this(contentTypes, maxBytes, contentLength, fileName, sha256, maxFiles, null);
    }

    /** The terms of a request that does not state a number of files. */
    public UploadTerms(
            List<String> contentTypes,
            long maxBytes,
            @Nullable Long contentLength,
            @Nullable String fileName,
            @Nullable String sha256) {
        this(contentTypes, maxBytes, contentLength, fileName, sha256, null, null);
    }

    /** How many files are accepted: 1 or more. */
    public int mostFiles() {
        return maxFiles == null ? 1 : maxFiles;
    }

    /** Whether the person who uploads gets a receipt by mail. */
    public boolean wantsReceipt() {
        return !Boolean.FALSE.equals(receipt);
    }

    /**
     * Whether the request states a number of files. Such an upload ends with {@code upload.completed}, others with
     * {@code attachment.uploaded}.
     */
    public boolean statesFiles() {
        return maxFiles != null;
    }
}
