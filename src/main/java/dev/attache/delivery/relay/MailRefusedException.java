package dev.attache.delivery.relay;

import org.jspecify.annotations.Nullable;

/** The relay refuses this mail for good. */
public final class MailRefusedException extends MailNotSentException {

    /** What the relay refuses. */
    enum Refused {
        /** The recipient's address: there is no such recipient. */
        ADDRESS,
        /** The source's own envelope sender, which other sources' mails do not have. */
        ENVELOPE,
        /** This mail, for any other reason. */
        MAIL
    }

    private final Refused refused;

    MailRefusedException(String message, @Nullable String reply, Refused refused) {
        super(message, reply, null);
        this.refused = refused;
    }

    /** Whether the relay says that there is no such recipient. */
    public boolean addressInvalid() {
        return refused == Refused.ADDRESS;
    }

    /** Whether the relay may have refused it because it blocks our sender. */
    boolean mayBeOfOurSender() {
        return refused == Refused.MAIL;
    }
}
