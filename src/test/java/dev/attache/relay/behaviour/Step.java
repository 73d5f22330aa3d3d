package dev.attache.relay.behaviour;

import dev.attache.relay.traffic.ReceivedMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of a conversation when a {@link Behaviour} is asked.
 *
 * @param connection the connection's number, from 1 on
 * @param openConnections how many connections are open, this one included
 * @param mailsOnConnection how many mails were accepted on this connection so far
 * @param mailsOverall how many mails were accepted by the server so far
 * @param from the envelope's sender; empty before MAIL FROM, and for the null sender
 * @param recipients the recipients accepted in this transaction so far, and last the one that is asked about at RCPT TO
 * @param message the received message, at the end of data only
 * @param now the server's clock
 * @param idle how long the client has sent nothing, at {@link Stage#IDLE} only
 */
public record Step(
        Stage stage,
        int connection,
        int openConnections,
        int mailsOnConnection,
        int mailsOverall,
        String from,
        List<String> recipients,
        Optional<ReceivedMessage> message,
        Instant now,
        Duration idle) {

    /** The recipient that is asked about at RCPT TO, later the last accepted one; empty before the first RCPT TO. */
    public Optional<String> recipient() {
        return recipients.isEmpty() ? Optional.empty() : Optional.of(recipients.getLast());
    }
}
