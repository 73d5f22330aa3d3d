package dev.attache.console.web;

import dev.attache.audit.AuditEntry;
import dev.attache.audit.AuditLog;
import dev.attache.audit.AuditPage;
import dev.attache.console.ConsoleController;
import dev.attache.console.Operator;
import dev.attache.console.api.Paging;
import dev.attache.queues.QueueMonitor;
import dev.attache.queues.QueueState;
import java.util.List;
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

    private final QueuePauses pauses;

    private final AuditLog audit;

    ConsoleApiController(QueueMonitor monitor, QueuePauses pauses, AuditLog audit) {
        this.monitor = monitor;
        this.pauses = pauses;
        this.audit = audit;
    }

    /**
     * Why an input is paused.
     *
     * @param reason 1 to 200 characters; everyone sees it, and it is kept in the audit
     */
    public record PauseRequest(String reason) {}

    /** Returns the state of each queue, as this worker last saw it. */
    @GetMapping("/ops/api/queues")
    public List<QueueState> queues() {
        return monitor.states();
    }

    /** Pauses the input of a queue on all workers. */
    @PostMapping("/ops/api/queues/{queue}/pause")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void pause(Operator operator, @PathVariable String queue, @RequestBody PauseRequest request) {
        pauses.pause(queue, operator, request.reason());
    }

    /** Ends the pause of an input on all workers. */
    @PostMapping("/ops/api/queues/{queue}/resume")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void resume(Operator operator, @PathVariable String queue) {
        pauses.resume(queue, operator);
    }

    /** Returns entries of the audit, the newest first. */
    @GetMapping("/ops/api/audit")
    public Paging.Page<AuditEntry> audit(
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "") String containing) {
        Paging paging = new Paging(limit, after);
        AuditPage page = audit.latest(paging.limit(), paging.after(), containing);
        return new Paging.Page<>(page.entries(), page.older());
    }
}
