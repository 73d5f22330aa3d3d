package dev.attache.delivery.mail;

import java.time.Duration;

/** A source has sent as many mails as it may for now: this one waits. */
public final class MailLimitException extends RuntimeException {

    private final Duration left;

    MailLimitException(String source, String limit, Duration left) {
        super("Source %s has reached attache.sources.%s.%s".formatted(source, source, limit));
        this.left = left;
    }

    /** How long the mail is to wait. */
    public Duration left() {
        return left;
    }
}
