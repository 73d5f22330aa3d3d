package dev.attache.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code attachment.uploaded}: the requested file is in S3, and its size and type conform to the request.
 *
 * @param fileNumber the file's number in its upload, from 1; null if the request does not state {@code maxFiles}
 */
public record AttachmentUploaded(
        String requestId,
        String bucket,
        String key,
        @Nullable String versionId,
        String eTag,
        long contentLength,
        String contentType,
        @Nullable String fileName,
        Instant uploadedAt,
        @Nullable Integer fileNumber) {}
