package dev.attache.deadletters.tasks;

import dev.attache.audit.AuditEntry;
import dev.attache.audit.AuditLog;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records how tasks ended. Whoever starts a task records that it is started. */
final class TaskAudit implements Consumer<Task> {

    private static final Logger log = LoggerFactory.getLogger(TaskAudit.class);

    private final AuditLog audit;

    private final Clock clock;

    TaskAudit(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void accept(Task task) {
        log.info(
                "Task {} on {} has ended: {}, {} letters, {} failed, {} not found",
                task.id(),
                task.request().queue(),
                task.state(),
                task.done(),
                task.failed(),
                task.notFound());
        try {
            audit.record(new AuditEntry(
                    clock.instant(),
                    task.by(),
                    "dead-letters." + action(task.request()) + ".ended",
                    task.request().queue(),
                    task.done(),
                    details(task)));
        } catch (RuntimeException e) {
            log.warn("The end of task {} could not be recorded in the audit", task.id(), e);
        }
    }

    private static String action(TaskRequest request) {
        return switch (request) {
            case TaskRequest.Scan any -> "scan";
            case TaskRequest.Replay any -> "replay";
            case TaskRequest.Discard any -> "discard";
            case TaskRequest.DryRun any -> "dry-run";
            case TaskRequest.Edit any -> "edit";
        };
    }

    private static Map<String, String> details(Task task) {
        Map<String, String> details = new TreeMap<>();
        details.put("task", task.id().toString());
        details.put("state", task.state().name());
        details.put("failed", Long.toString(task.failed()));
        details.put("notFound", Long.toString(task.notFound()));
        if (!task.codes().isEmpty()) {
            details.put(
                    "codes",
                    new TreeMap<>(task.codes())
                            .entrySet().stream()
                                    .map(code -> code.getKey() + " " + code.getValue())
                                    .collect(Collectors.joining(", ")));
        }
        return details;
    }
}
