package dev.attache.console.access;

import dev.attache.audit.AuditEntry;
import dev.attache.audit.AuditLog;
import dev.attache.audit.AuditUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records sign-ins. Unlike actions they are not refused when the audit cannot be written: an operator has to see the
 * console while S3 is down, and cannot act there.
 */
final class SignInAudit {

    private static final Logger log = LoggerFactory.getLogger(SignInAudit.class);

    private static final String TARGET = "console";

    /** Entries about failures in one {@link #INTERVAL}. */
    static final int MOST_FAILURES = 10;

    static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Supplier<AuditLog> audit;

    private final Clock clock;

    /** Guarded by {@code this}, as the two below. */
    private Instant begin = Instant.EPOCH;

    private int inInterval;

    private long unrecorded;

    /** @param audit is looked up at the first entry */
    SignInAudit(Supplier<AuditLog> audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** @param how such as {@code password} */
    void signedIn(String name, String client, String how) {
        record(AuditEntry.of(clock.instant(), name, "sign-in", TARGET, Map.of("client", client, "by", how)));
    }

    void signedOut(String name, String client) {
        record(AuditEntry.of(clock.instant(), name, "sign-out", TARGET, Map.of("client", client)));
    }

    /**
     * Records a failure, if not too many were recorded in this minute; the next entry says how many were left out.
     *
     * @param name a configured user, or a word for all others: people type passwords into the field for the name
     */
    void failed(String name, String client, String why) {
        Instant now = clock.instant();
        long leftOut;
        synchronized (this) {
            if (now.isBefore(begin) || !now.isBefore(begin.plus(INTERVAL))) {
                begin = now;
                inInterval = 0;
            }
            if (inInterval == MOST_FAILURES) {
                unrecorded++;
                return;
            }
            inInterval++;
            leftOut = unrecorded;
            unrecorded = 0;
        }
        record(AuditEntry.of(
                now,
                name,
                "sign-in.failed",
                TARGET,
                leftOut == 0
                        ? Map.of("client", client, "why", why)
                        : Map.of("client", client, "why", why, "not recorded before", String.valueOf(leftOut))));
    }

    private void record(AuditEntry entry) {
        try {
            audit.get().record(entry);
        } catch (AuditUnavailableException unavailable) {
            log.warn("{} of {} could not be recorded in the audit", entry.action(), entry.actor());
        }
    }
}
