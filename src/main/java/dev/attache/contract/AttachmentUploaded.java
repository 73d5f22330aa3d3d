package dev.attache.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Data of {@code attachment.uploaded}: the file that was asked for lies in S3, of the size and type agreed. */
public record AttachmentUploaded(
        String requestId,
        String bucket,
        String key,
        @Nullable String versionId,
        String eTag,
        long contentLength,
        String contentType,
        @Nullable String fileName,
        Instant uploadedAt) {}
