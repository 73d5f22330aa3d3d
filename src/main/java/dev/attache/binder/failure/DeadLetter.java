package dev.attache.binder.failure;

import dev.attache.binder.message.SqsHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A message that is about to be moved to the dead-letter queue.
 *
 * @param queue the queue it came from
 * @param messageId its SQS message id there
 * @param body its body
 * @param attempts how often it had been received
 * @param error what it failed with last
 * @param senderId who sent it, as in {@link SqsHeaders#SENDER_ID}; null where SQS does not say
 */
public record DeadLetter(
        String queue,
        String messageId,
        String body,
        Failure.Rejected failure,
        int attempts,
        Throwable error,
        @Nullable String senderId) {

    /** Of a sender that is not known. */
    public DeadLetter(
            String queue, String messageId, String body, Failure.Rejected failure, int attempts, Throwable error) {
        this(queue, messageId, body, failure, attempts, error, null);
    }

    /** Without the body and the error, which may hold links and addresses. */
    @Override
    public String toString() {
        return "DeadLetter[queue=" + queue + ", messageId=" + messageId + ", code=" + failure.code() + "]";
    }
}
