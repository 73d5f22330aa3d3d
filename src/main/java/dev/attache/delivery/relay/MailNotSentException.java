package dev.attache.delivery.relay;

import org.jspecify.annotations.Nullable;

/**
 * Why a relay did not take a mail. The message may be logged: it holds no address, and none of the relay's words that
 * do.
 */
public abstract sealed class MailNotSentException extends RuntimeException
        permits RelayDownException, MailDeferredException, MailRefusedException, DeliveryUncertainException {

    private final @Nullable String reply;

    MailNotSentException(String message, @Nullable String reply, @Nullable Throwable cause) {
        super(message, cause);
        this.reply = reply;
    }

    /** The relay's own words, which may name a person; absent where it said nothing. */
    public final @Nullable String reply() {
        return reply;
    }
}
