package dev.attache.contract;

import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.SafeLine;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code request.rejected}: an event or an upload that can never succeed. It never contains the payload.
 *
 * @param detail what is wrong and how to fix it; shortened to 4,000 characters, because it may quote the message
 * @param requestId the id of the event that upstream sent; null if it could not be read
 * @param source the source of that event; null if it could not be read
 * @param queue the queue of the rejected message
 * @param messageId the SQS message id of the rejected message; null for an upload
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
