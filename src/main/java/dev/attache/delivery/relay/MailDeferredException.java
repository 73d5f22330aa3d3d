package dev.attache.delivery.relay;

import org.jspecify.annotations.Nullable;

/**
 * The relay did not take this mail now, and may take it later: a 4xx reply, or a connection lost before the end of the
 * mail.
 */
public final class MailDeferredException extends MailNotSentException {

    MailDeferredException(String message, @Nullable String reply, @Nullable Throwable cause) {
        super(message, reply, cause);
    }
}
