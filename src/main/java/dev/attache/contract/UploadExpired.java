package dev.attache.contract;

import dev.attache.contract.value.Recipient;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Data of {@code upload.expired}: the requested file did not arrive in time. */
public record UploadExpired(
        String requestId,
        String bucket,
        @Nullable String key,
        @Nullable Recipient recipient,
        Instant expiredAt) {}
