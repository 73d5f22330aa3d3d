package dev.attache.contract;

import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.SafeLine;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code request.rejected}: an event, or an upload, that can never succeed. It never carries the payload.
 *
 * @param detail what is wrong and how to fix it; shortened to 4,000 characters, because it may quote the message
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
        @Nullable String messageId) {

    private static final int LONGEST_DETAIL = 4000;

    public RequestRejected {
        detail = SafeLine.shortened(detail, LONGEST_DETAIL);
    }
}
