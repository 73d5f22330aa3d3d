package dev.attache.delivery.relay;

import org.jspecify.annotations.Nullable;

/**
 * The relay did not accept this mail now, but may accept it later: a 4xx reply, or a connection that was lost before
 * the end of the mail.
 */
public final class MailDeferredException extends MailNotSentException {

    /** @param reply the relay's reply; null if the connection was lost */
    public MailDeferredException(String message, @Nullable String reply, @Nullable Throwable cause) {
        super(message, reply, cause);
    }
}
