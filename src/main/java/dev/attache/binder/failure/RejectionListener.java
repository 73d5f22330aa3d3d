package dev.attache.binder.failure;

/**
 * Is told of each rejected message: before it is copied to the dead-letter queue, or after that while it cannot be
 * told.
 */
@FunctionalInterface
public interface RejectionListener {

    /** May throw: the message then stays in its queue, and this is called again later. */
    void rejected(DeadLetter letter);
}
