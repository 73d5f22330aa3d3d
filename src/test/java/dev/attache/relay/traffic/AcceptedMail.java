package dev.attache.relay.traffic;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A mail that the server has accepted.
 *
 * @param from the envelope's sender
 * @param recipients the envelope's recipients that were accepted
 */
public record AcceptedMail(String from, List<String> recipients, ReceivedMessage message, Instant at, int connection) {

    /** The first recipient. */
    public String recipient() {
        return recipients.getFirst();
    }

    public Optional<String> messageId() {
        return message.messageId();
    }

    public Optional<String> subject() {
        return message.subject();
    }

    public byte[] body() {
        return message.body();
    }
}
