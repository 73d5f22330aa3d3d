package dev.attache.relay.behaviour;

import dev.attache.relay.behaviour.Answer.Reply;

/** What a {@link Mixture} does with the mails to one recipient. */
public sealed interface Fate {

    record Accepted() implements Fate {}

    /**
     * Refused for now several times, then accepted.
     *
     * @param stage RCPT TO or the end of data
     */
    record AcceptedAfterRefusals(int refusals, Stage stage, Reply reply) implements Fate {}

    /** The connection is reset at the DATA command several times; then accepted. */
    record AcceptedAfterResetsBeforeData(int resets) implements Fate {}

    /**
     * The connection is reset while the message is received, several times; then accepted.
     *
     * @param afterBytes how much of the message is read at most
     */
    record AcceptedAfterResetsDuringData(int resets, int afterBytes) implements Fate {}

    /**
     * Refused for good.
     *
     * @param stage RCPT TO or the end of data
     */
    record Refused(Stage stage, Reply reply) implements Fate {}

    /** Whether a mail reaches this recipient if it is tried often enough. */
    default boolean acceptedInTheEnd() {
        return !(this instanceof Refused);
    }
}
