package dev.attache.binder.inbound;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When the receives of an input succeeded and failed. Logs the first failure, and the success after failures. */
final class PollHistory {

    private static final Logger log = LoggerFactory.getLogger(PollHistory.class);

    private final String queue;

    private final Clock clock;

    /** Receives that succeed replace it without a lock. */
    private volatile State state = new State(null, null, null);

    /**
     * @param last when a receive last succeeded
     * @param failSince when the first of the receives that failed in a row failed
     * @param failure the cause of the last failure
     */
    record State(
            @Nullable Instant last,
            @Nullable Instant failSince,
            @Nullable String failure) {}

    PollHistory(String queue, Clock clock) {
        this.queue = queue;
        this.clock = clock;
    }

    State state() {
        return state;
    }

    synchronized void succeeded() {
        Instant failSince = state.failSince();
        Instant now = clock.instant();
        state = new State(now, null, null);
        if (failSince != null) {
            log.info(
                    "Messages are received from {} again, after {} s",
                    queue,
                    Duration.between(failSince, now).toSeconds());
        }
    }

    /** @param cause in one line */
    synchronized void failed(String cause) {
        State before = state;
        Instant since = before.failSince();
        state = new State(before.last(), since == null ? clock.instant() : since, cause);
        if (since == null) {
            log.warn(
                    "Nothing can be received from {}; receives are retried every few seconds. Cause: {}", queue, cause);
        }
    }
}
