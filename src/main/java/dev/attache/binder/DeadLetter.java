package dev.attache.binder;

/**
 * A message that went to the dead-letter queue.
 *
 * @param queue     the queue it came from
 * @param messageId its SQS message id there
 * @param body      its body; not to be logged
 * @param attempts  how often it had been received
 */
public record DeadLetter(String queue, String messageId, String body, Failure.Rejected failure, int attempts) {
}
