package dev.attache.console.web;

import dev.attache.audit.AuditEntry;
import dev.attache.audit.AuditLog;
import dev.attache.audit.AuditPage;
import dev.attache.console.ConsoleController;
import dev.attache.console.Operator;
import dev.attache.console.api.Paging;
import dev.attache.queues.Depth;
import dev.attache.queues.InputState;
import dev.attache.queues.KnownQueue;
import dev.attache.queues.PauseFlags;
import dev.attache.queues.QueueMonitor;
import dev.attache.queues.QueueState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Queues and audit for scripts. */
@ConsoleController
public class ConsoleApiController {

    private final QueueMonitor monitor;

    private final QueueWords words;

    private final QueuePauses pauses;

    private final AuditLog audit;

    ConsoleApiController(QueueMonitor monitor, QueueWords words, QueuePauses pauses, AuditLog audit) {
        this.monitor = monitor;
        this.words = words;
        this.pauses = pauses;
        this.audit = audit;
    }

    /**
     * Why an input is paused.
     *
     * @param reason 1 to 200 characters; everyone sees it, and it is kept in the audit
     */
    public record PauseRequest(String reason) {}

    /**
     * A queue, as this worker last saw it. Its input is this worker's; others may be in another state.
     *
     * @param name the name of the queue
     * @param kind what it is for
     * @param source the queue whose dead letters it contains
     * @param deadLetters the dead-letter queue of an input
     * @param at when the worker last read it
     * @param problem why that failed, if it did; the numbers are older then
     * @param visible messages that can be received
     * @param inFlight messages that were received and not yet deleted
     * @param delayed messages that cannot be received yet
     * @param state what the input does, or whether somebody is needed, in words
     * @param details more about the state, one sentence each
     * @param oldestInFlight when the oldest message was sent that this worker handles
     * @param receivedPerSecond messages that this worker received, on average of the last minute
     * @param handledPerSecond messages that this worker handled, on average of the last minute
     * @param pausedSince since when the input is paused on all workers
     * @param pausedBy the operator who paused it
     * @param pauseReason the reason that the operator gave
     */
    public record QueueStatus(
            String name,
            KnownQueue.Kind kind,
            @Nullable String source,
            @Nullable String deadLetters,
            Instant at,
            @Nullable String problem,
            @Nullable Long visible,
            @Nullable Long inFlight,
            @Nullable Long delayed,
            String state,
            List<String> details,
            @Nullable Instant oldestInFlight,
            @Nullable Double receivedPerSecond,
            @Nullable Double handledPerSecond,
            @Nullable Instant pausedSince,
            @Nullable String pausedBy,
            @Nullable String pauseReason) {

        static QueueStatus of(QueueState queue, QueueRow.State state) {
            Depth depth = queue.depth();
            InputState input = queue.input();
            PauseFlags.Pause pause = queue.paused();
            return new QueueStatus(
                    queue.queue().name(),
                    queue.queue().kind(),
                    queue.queue().source(),
                    queue.queue().deadLetters(),
                    queue.at(),
                    queue.problem(),
                    depth == null ? null : depth.visible(),
                    depth == null ? null : depth.inFlight(),
                    depth == null ? null : depth.delayed(),
                    state.text(),
                    state.details(),
                    input == null ? null : input.oldestSent(),
                    input == null ? null : input.receivedPerSecond(),
                    input == null ? null : input.handledPerSecond(),
                    pause == null ? null : pause.since(),
                    pause == null ? null : pause.by(),
                    pause == null ? null : pause.reason());
        }
    }

    /**
     * Entries of the audit.
     *
     * @param entries the newest first
     * @param next what to send as {@code after} for older entries; missing if there are none
     */
    public record AuditEntries(
            List<AuditEntry> entries, @Nullable String next) {}

    /** Returns the state of each queue, as this worker last saw it. */
    @GetMapping("/ops/api/queues")
    public List<QueueStatus> listQueues() {
        return monitor.states().stream()
                .map(queue -> QueueStatus.of(queue, words.state(queue)))
                .toList();
    }

    /**
     * Pauses the input of a queue on all workers.
     *
     * @param queue the name of the queue
     */
    @PostMapping("/ops/api/queues/{queue}/pause")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void pauseInput(Operator operator, @PathVariable String queue, @RequestBody PauseRequest request) {
        // JSON without the field.
        pauses.pause(queue, operator, Objects.requireNonNullElse(request.reason(), ""));
    }

    /**
     * Ends the pause of an input on all workers.
     *
     * @param queue the name of the queue
     */
    @PostMapping("/ops/api/queues/{queue}/resume")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void resumeInput(Operator operator, @PathVariable String queue) {
        pauses.resume(queue, operator);
    }

    /**
     * Returns entries of the audit, the newest first.
     *
     * @param limit 1 to 1,000
     * @param after the {@code next} of the page before
     * @param containing a text that the operator, the action, the queue or a detail contains
     */
    @GetMapping("/ops/api/audit")
    public AuditEntries listAudit(
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "") String containing) {
        Paging paging = new Paging(limit, after);
        AuditPage page = audit.latest(paging.limit(), paging.after(), containing);
        return new AuditEntries(page.entries(), page.older());
    }
}
