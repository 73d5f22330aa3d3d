package dev.attache.binder;

/**
 * A message that went to the dead-letter queue.
 *
 * @param queue     the queue it came from
 * @param messageId its SQS message id there
 * @param body      its body
 * @param attempts  how often it had been received
 */
public record DeadLetter(String queue, String messageId, String body, Failure.Rejected failure, int attempts) {

    /** Without the body, which may hold links. */
    @Override
    public String toString() {
        return "DeadLetter[queue=" + queue + ", messageId=" + messageId + ", code=" + failure.code() + "]";
    }
}
