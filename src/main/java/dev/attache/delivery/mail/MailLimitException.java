package dev.attache.delivery.mail;

import java.time.Duration;

/** A source has reached a limit of mails. Retryable after {@link #left}. */
public final class MailLimitException extends RuntimeException {

    private final Duration left;

    MailLimitException(String source, String limit, Duration left) {
        super("Source %s has reached attache.sources.%s.%s".formatted(source, source, limit));
        this.left = left;
    }

    /** How long the mail has to wait. */
    public Duration left() {
        return left;
    }
}
