package dev.attache.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Logs a warning that clients can cause at any rate: at most one line per minute, with the number of suppressed lines.
 */
public final class ThrottledLog {

    static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Logger log;

    private final Clock clock;

    /** When the last line was logged. Guarded by {@code this}, like {@link #suppressed}. */
    private @Nullable Instant last;

    private long suppressed;

    public ThrottledLog(Logger log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    public synchronized void warn(String text) {
        Instant now = clock.instant();
        // If the clock was set back, log the line: otherwise no line would be logged until the old time is reached.
        if (last != null && !now.isBefore(last) && now.isBefore(last.plus(INTERVAL))) {
            suppressed++;
            return;
        }
        if (suppressed == 0) {
            log.warn("{}", text);
        } else {
            log.warn("{} (and {} more since {})", text, suppressed, last);
        }
        last = now;
        suppressed = 0;
    }
}
