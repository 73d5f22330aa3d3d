package dev.attache.contract;

import dev.attache.contract.value.Recipient;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code upload.declined}: the person said that they cannot provide the file.
 *
 * @param recipient the person who was asked for the file; null on the channel {@code event}
 * @param reason the person's own words; null if they gave none
 */
public record UploadDeclined(
        String requestId,
        @Nullable Recipient recipient,
        @Nullable String reason,
        Instant declinedAt) {}
