package dev.attache.delivery.relay;

import org.jspecify.annotations.Nullable;

/** The relay refuses this mail permanently (a 5xx reply). */
public final class MailRefusedException extends MailNotSentException {

    /** Why the relay refuses a mail. */
    public enum Reason {
        /** The recipient's address does not exist. */
        RECIPIENT,
        /** The relay does not accept the source's own envelope sender, which mails of other sources do not have. */
        ENVELOPE_SENDER,
        /** Any other reason. */
        OTHER
    }

    private final Reason reason;

    /** @param reply the relay's reply; null if there was none */
    public MailRefusedException(String message, @Nullable String reply, Reason reason) {
        super(message, reply, null);
        this.reason = reason;
    }

    /** Whether the relay says that the recipient does not exist. */
    public boolean addressInvalid() {
        return reason == Reason.RECIPIENT;
    }

    /** Whether the reason may apply to all our mails: the relay may block our sender. */
    boolean mayApplyToAllMails() {
        return reason == Reason.OTHER;
    }
}
