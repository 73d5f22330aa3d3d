package dev.attache.console.access;

import java.io.Serial;
import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** A password was not checked, because too many wrong ones were given before. */
final class TooManyAttemptsException extends AuthenticationException {

    @Serial
    private static final long serialVersionUID = 1;

    private final Duration wait;

    TooManyAttemptsException(Duration wait) {
        super("Too many wrong passwords");
        this.wait = wait;
    }

    /** The time until the next attempt is allowed, in whole seconds as {@code Retry-After} states them; 1 or more. */
    long seconds() {
        return Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
    }
}
