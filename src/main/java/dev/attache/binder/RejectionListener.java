package dev.attache.binder;

/** Is told of each rejected message before it is moved to the dead-letter queue. */
@FunctionalInterface
public interface RejectionListener {

    /** May throw: the message is then not moved, and this is called again later. */
    void rejected(DeadLetter letter);
}
