package dev.attache.relay.traffic;

import java.time.Instant;
import java.util.Locale;

/**
 * A line that a client sent as a command, or the final dot of a message.
 *
 * @param line as it was sent, but without credentials
 */
public record Command(int connection, Instant at, String line) {

    /** In upper case: {@code EHLO}, {@code MAIL}, {@code .} and so on. */
    public String verb() {
        return line.strip().split(" ", 2)[0].toUpperCase(Locale.ROOT);
    }
}
