package dev.attache.deadletters.dryrun;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether the handler of a queue would accept a message. Has no side effects: it reads events, policies, objects
 * and the ledger, and writes, publishes, claims and mails nothing. It runs the code that the handler runs before its
 * first side effect, so that both decide alike.
 */
public interface AcceptanceCheck {

    /** @param queue the name of the queue to which the message would be sent */
    boolean isFor(String queue);

    /** The types of events that the queue accepts; empty if its messages are no CloudEvents. */
    List<EventType<?>> types();

    /**
     * An edited event whose content depends on its id, such as a link to a page.
     *
     * @param event the event with its new id
     * @return the event with the content that belongs to the id; empty if nothing depends on it
     */
    default Optional<CloudEvent<?>> adapted(CloudEvent<?> event) {
        return Optional.empty();
    }

    /**
     * Checks a message.
     *
     * @param attributes the text attributes of the message
     * @param senderId the sender of the original message; null if unknown
     * @throws RuntimeException as the handler does; {@link AcceptanceChecks} classifies it as the binder does
     */
    Verdict check(byte[] body, Map<String, String> attributes, @Nullable String senderId);
}
