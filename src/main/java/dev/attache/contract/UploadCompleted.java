package dev.attache.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.attache.contract.value.Recipient;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code upload.completed}: no further file is expected for a request that states {@code maxFiles}.
 *
 * @param recipient the person who was asked for the files; null on the channel {@code event}
 * @param files the files that had arrived by then, in the order of their numbers; at least one
 */
public record UploadCompleted(
        String requestId, @Nullable Recipient recipient, Reason reason, List<File> files, Instant completedAt) {

    public UploadCompleted {
        files = List.copyOf(files);
    }

    /** Why no further file is expected. */
    public enum Reason {
        /** The person said that these are all. */
        @JsonProperty("person")
        PERSON,
        /** As many files as the request allows have arrived. */
        @JsonProperty("max-files")
        MAX_FILES,
        /** The time for the upload is over. */
        @JsonProperty("deadline")
        DEADLINE
    }

    /** An arrived file, as in its {@code attachment.uploaded}. */
    public record File(
            int fileNumber,
            String bucket,
            String key,
            @Nullable String versionId,
            String eTag,
            long contentLength,
            String contentType,
            @Nullable String fileName,
            Instant uploadedAt) {}
}
