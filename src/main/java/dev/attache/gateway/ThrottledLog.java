package dev.attache.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A warning that anybody can cause, any number of times: one line a minute at most, with how often it was left out
 * since the last one.
 */
public final class ThrottledLog {

    static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Logger log;

    private final Clock clock;

    /** Guarded by this, as what follows. */
    private @Nullable Instant last;

    private long leftOut;

    public ThrottledLog(Logger log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    public synchronized void warn(String text) {
        Instant now = clock.instant();
        // A clock that went back would otherwise keep all lines back for as long.
        if (last != null && !now.isBefore(last) && now.isBefore(last.plus(INTERVAL))) {
            leftOut++;
            return;
        }
        if (leftOut == 0) {
            log.warn("{}", text);
        } else {
            log.warn("{} (and {} times more since {})", text, leftOut, last);
        }
        last = now;
        leftOut = 0;
    }
}
