package dev.attache.delivery.relay;

import org.jspecify.annotations.Nullable;

/** The relay accepts no mail at all: no connection, no session, or it refuses our account or sender. */
public final class RelayDownException extends MailNotSentException {

    /** @param reply the relay's reply; null if there was none */
    public RelayDownException(String message, @Nullable String reply, @Nullable Throwable cause) {
        super(message, reply, cause);
    }
}
