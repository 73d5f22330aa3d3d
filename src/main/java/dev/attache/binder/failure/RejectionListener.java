package dev.attache.binder.failure;

/**
 * Announces rejected messages. It is called before the message is copied to the dead-letter queue. If it fails for some
 * time, the copy is written first, and it is called again afterwards.
 */
@FunctionalInterface
public interface RejectionListener {

    /**
     * Announces a rejected message. It is called again after a failure, and when a dead letter is redriven and rejected
     * again: an announcement must be recognizable as a repetition.
     *
     * @throws RuntimeException if the message could not be announced; it then stays in flight or in its queue
     */
    void rejected(RejectedMessage message);
}
