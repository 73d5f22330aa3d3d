package dev.attache.delivery.relay;

import org.jspecify.annotations.Nullable;

/** The relay is not usable for any mail: no connection, no session, or our account or sender is not accepted. */
public final class RelayDownException extends MailNotSentException {

    RelayDownException(String message, @Nullable String reply, @Nullable Throwable cause) {
        super(message, reply, cause);
    }
}
