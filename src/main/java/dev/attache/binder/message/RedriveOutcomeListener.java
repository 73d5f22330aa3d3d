package dev.attache.binder.message;

import org.jspecify.annotations.Nullable;

/**
 * Is told what became of messages that were redriven by a task: messages with the attribute {@code <prefix>redrive}. A
 * retry is no outcome.
 */
@FunctionalInterface
public interface RedriveOutcomeListener {

    /**
     * A redriven message was handled, or is in the dead-letter queue again. Called by the thread that handles the
     * message, so it must neither block nor throw.
     *
     * @param queue the name of the queue that it was received from
     * @param redrive the value of the attribute
     * @param code the code of the rejection; null if the message was handled
     */
    void settled(String queue, String messageId, String redrive, @Nullable String code);
}
