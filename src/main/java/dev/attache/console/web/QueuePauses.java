package dev.attache.console.web;

import dev.attache.audit.AuditEntry;
import dev.attache.audit.AuditLog;
import dev.attache.console.ConsoleProblem;
import dev.attache.console.Masks;
import dev.attache.console.Operator;
import dev.attache.queues.KnownQueue;
import dev.attache.queues.PauseFlags;
import dev.attache.queues.QueueCatalog;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** Pauses and resumes inputs on all workers, with an entry in the audit before it. */
class QueuePauses {

    private static final Logger log = LoggerFactory.getLogger(QueuePauses.class);

    private static final int LONGEST_REASON = 200;

    private final QueueCatalog catalog;

    private final PauseFlags flags;

    private final AuditLog audit;

    private final Clock clock;

    QueuePauses(QueueCatalog catalog, PauseFlags flags, AuditLog audit, Clock clock) {
        this.catalog = catalog;
        this.flags = flags;
        this.audit = audit;
        this.clock = clock;
    }

    /** @throws ConsoleProblem if no input receives from this queue */
    void requireInput(String queue) {
        if (catalog.find(queue)
                .filter(known -> known.kind() == KnownQueue.Kind.INPUT)
                .isEmpty()) {
            throw new ConsoleProblem(
                    HttpStatus.NOT_FOUND, "No input receives from a queue of this name", "The first page lists all.");
        }
    }

    void pause(String queue, Operator operator, String given) {
        requireInput(queue);
        String reason =
                Masks.addresses(given.replaceAll("[\\p{Cntrl}\\s]+", " ").strip());
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new ConsoleProblem(
                    HttpStatus.BAD_REQUEST, "State a reason of 1 to %d characters".formatted(LONGEST_REASON), "");
        }
        act(
                operator,
                "input.pause",
                queue,
                Map.of("reason", reason),
                () -> flags.pause(queue, operator.name(), reason));
    }

    void resume(String queue, Operator operator) {
        requireInput(queue);
        act(operator, "input.resume", queue, Map.of(), () -> flags.resume(queue, operator.name()));
    }

    private void act(Operator operator, String action, String queue, Map<String, String> details, Runnable change) {
        audit.record(AuditEntry.of(clock.instant(), operator.name(), action, queue, details));
        try {
            change.run();
        } catch (RuntimeException failed) {
            log.warn("{} of {} failed", action, queue, failed);
            audit.record(AuditEntry.of(clock.instant(), operator.name(), action + ".failed", queue, Map.of()));
            throw new ConsoleProblem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "Nothing was changed, because the ledger did not answer",
                    "Try again when S3 answers.");
        }
    }
}
