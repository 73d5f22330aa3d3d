package dev.attache.deadletters.dryrun;

import dev.attache.contract.EventType;
import java.util.List;
import java.util.Map;
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
     * Checks a message.
     *
     * @param attributes the text attributes of the message
     * @param senderId the sender of the original message; null if unknown
     * @throws RuntimeException as the handler does; {@link AcceptanceChecks} classifies it as the binder does
     */
    Verdict check(byte[] body, Map<String, String> attributes, @Nullable String senderId);
}
