package dev.attache.binder;

/** Is told of each message that went to a dead-letter queue, after it went there and before it is acknowledged. */
@FunctionalInterface
public interface RejectionListener {

    /** May throw; the message is then received, dead-lettered and told of again. */
    void rejected(DeadLetter letter);
}
