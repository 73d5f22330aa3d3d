package dev.attache.deadletters.dryrun;

/** What would happen to a dead letter if it were replayed now. */
public sealed interface Verdict {

    /**
     * The message would be handled.
     *
     * @param note what the operator should know, such as that the mail was sent before; empty for nothing
     */
    record Accepted(String note) implements Verdict {

        /** Without a note. */
        public static final Accepted WITHOUT_NOTE = new Accepted("");
    }

    /**
     * The message would be rejected again.
     *
     * @param code the code of the new dead letter
     * @param reason without addresses and URLs
     */
    record Rejected(String code, String reason) implements Verdict {}

    /**
     * It cannot be said now, for example because a service does not answer.
     *
     * @param why without addresses and URLs
     */
    record Unknown(String why) implements Verdict {}
}
