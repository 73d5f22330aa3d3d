package dev.attache.binder.failure;

import dev.attache.binder.message.SqsHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A rejected message, as a {@link RejectionListener} sees it. Usually its copy is not in the dead-letter queue yet.
 *
 * @param queue the queue that it was received from
 * @param messageId its SQS message id in that queue
 * @param body its body
 * @param attempts how often it was received
 * @param error the error of the last attempt
 * @param senderId who sent it, as in {@link SqsHeaders#SENDER_ID}; null if SQS does not report a sender
 */
public record RejectedMessage(
        String queue,
        String messageId,
        String body,
        Failure.Rejected failure,
        int attempts,
        Throwable error,
        @Nullable String senderId) {

    /** Without the body and the error, which may contain links and addresses. */
    @Override
    public String toString() {
        return "RejectedMessage[queue=" + queue + ", messageId=" + messageId + ", code=" + failure.code() + "]";
    }
}
