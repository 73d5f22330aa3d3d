package dev.attache.contract;

import dev.attache.contract.value.RejectionCode;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code request.rejected}: an event, or an upload, that can never succeed. It never carries the payload.
 *
 * @param detail what is wrong and how to mend it
 * @param requestId the id of the event that upstream sent, where it could be read
 * @param source its source, where it could be read
 * @param queue the queue it came from
 * @param messageId its SQS message id
 */
public record RequestRejected(
        RejectionCode code,
        String detail,
        @Nullable String requestId,
        @Nullable String source,
        String queue,
        @Nullable String messageId) {}
