package dev.attache.contract;

import dev.attache.contract.value.Recipient;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Data of {@code upload.expired}: a file was asked for and never arrived. */
public record UploadExpired(
        String requestId,
        String bucket,
        @Nullable String key,
        @Nullable Recipient recipient,
        Instant expiredAt) {}
