package dev.attache.upload;

import dev.attache.ledger.DueUploads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many uploads are open, or have ended without all events about that being published: the markers of the due index,
 * counted now and then. Not safe for use by several threads, except for {@link #last}.
 */
final class OpenUploadsCount {

    private static final Logger log = LoggerFactory.getLogger(OpenUploadsCount.class);

    /** S3 lists a thousand at a time, so a count needs ten calls at most. */
    static final int MOST = 10_000;

    static final Duration INTERVAL = Duration.ofMinutes(10);

    private final DueUploads due;

    private final Clock clock;

    private Instant next = Instant.MIN;

    private volatile double last = Double.NaN;

    OpenUploadsCount(DueUploads due, Clock clock) {
        this.due = due;
        this.clock = clock;
    }

    /** The last count, {@value #MOST} at most; not a number before the first one, and after one that failed. */
    double last() {
        return last;
    }

    /** Counts, unless it did so less than ten minutes ago. Never throws. */
    void refresh() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(INTERVAL);
        try {
            last = due.count(MOST);
        } catch (RuntimeException e) {
            last = Double.NaN;
            log.debug("Open uploads could not be counted", e);
        }
    }
}
