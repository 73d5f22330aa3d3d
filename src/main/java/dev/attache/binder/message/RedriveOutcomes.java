package dev.attache.binder.message;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listener what became of messages that a task has redriven. Other messages are ignored.
 *
 * @param attribute the name of the message attribute that names the task
 */
public record RedriveOutcomes(RedriveOutcomeListener listener, String attribute) {

    private static final Logger log = LoggerFactory.getLogger(RedriveOutcomes.class);

    /** The message was handled and deleted. */
    public void handled(ReceivedMessage message) {
        settled(message, null);
    }

    /** The message is in the dead-letter queue again, with this code. */
    public void rejected(ReceivedMessage message, String code) {
        settled(message, code);
    }

    private void settled(ReceivedMessage message, @Nullable String code) {
        var redrive = message.sqs().messageAttributes().get(attribute);
        if (redrive == null || redrive.stringValue() == null) {
            return;
        }
        try {
            listener.settled(message.queue().name(), message.id(), redrive.stringValue(), code);
        } catch (RuntimeException e) {
            // The message is settled: nothing is to be repeated because of this.
            log.warn(
                    "The outcome of message {} of {} is not recorded",
                    message.id(),
                    message.queue().name(),
                    e);
        }
    }
}
