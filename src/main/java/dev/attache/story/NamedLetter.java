package dev.attache.story;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter that belongs to a request.
 *
 * @param code why it was rejected; null if SQS moved it
 * @param seenAt when it failed
 * @param deletedAt when SQS deletes it
 */
public record NamedLetter(
        String queue,
        String messageId,
        @Nullable String code,
        @Nullable String reason,
        Instant seenAt,
        Instant deletedAt) {}
