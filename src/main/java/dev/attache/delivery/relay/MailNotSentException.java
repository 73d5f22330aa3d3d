package dev.attache.delivery.relay;

import org.jspecify.annotations.Nullable;

/**
 * A relay did not accept a mail. The message may be logged: it contains neither an address nor the relay's reply, which
 * may contain one.
 */
public abstract sealed class MailNotSentException extends RuntimeException
        permits RelayDownException, MailDeferredException, MailRefusedException, DeliveryUncertainException {

    private final @Nullable String reply;

    MailNotSentException(String message, @Nullable String reply, @Nullable Throwable cause) {
        super(message, cause);
        this.reply = reply;
    }

    /** The relay's reply, which may contain an address; null if there was none. */
    public final @Nullable String reply() {
        return reply;
    }
}
