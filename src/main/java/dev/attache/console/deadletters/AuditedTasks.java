package dev.attache.console.deadletters;

import dev.attache.audit.AuditEntry;
import dev.attache.audit.AuditLog;
import dev.attache.console.Operator;
import dev.attache.deadletters.DeadLetters;
import dev.attache.deadletters.LeaseHeldException;
import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Snapshot;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.Tasks;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Starts and cancels tasks. Each is recorded in the audit log before it is done; what cannot be recorded is not done.
 */
public final class AuditedTasks {

    /** So many letters are named in an entry; of more the number is recorded. */
    private static final int MOST_NAMED = 20;

    private final Tasks tasks;

    private final DeadLetters letters;

    private final AuditLog audit;

    private final Clock clock;

    public AuditedTasks(Tasks tasks, DeadLetters letters, AuditLog audit, Clock clock) {
        this.tasks = tasks;
        this.letters = letters;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Records and starts a task.
     *
     * @throws LeaseHeldException if another task uses the queue
     * @throws IllegalArgumentException if the task is not allowed
     * @throws dev.attache.audit.AuditUnavailableException if it could not be recorded
     */
    Task start(TaskRequest request, Operator operator) {
        Optional<Task> running = tasks.running(request.queue());
        if (running.isPresent()) {
            Task task = running.get();
            throw new LeaseHeldException(request.queue(), task.by(), task.id(), task.startedAt());
        }
        String action = action(request);
        audit.record(new AuditEntry(
                clock.instant(), operator.name(), action, request.queue(), count(request), details(request)));
        try {
            return tasks.start(request, operator.name());
        } catch (LeaseHeldException | IllegalArgumentException refused) {
            audit.record(
                    AuditEntry.of(clock.instant(), operator.name(), action + ".refused", request.queue(), Map.of()));
            throw refused;
        }
    }

    /**
     * Records and cancels a task.
     *
     * @throws java.util.NoSuchElementException if there is no such task
     * @throws dev.attache.audit.AuditUnavailableException if it could not be recorded
     */
    Task cancel(UUID id, Operator operator) {
        Task task = tasks.find(id).orElseThrow();
        if (task.isEnded()) {
            return task;
        }
        audit.record(AuditEntry.of(
                clock.instant(),
                operator.name(),
                "dead-letters.cancel",
                task.request().queue(),
                Map.of("task", id.toString())));
        return tasks.cancel(id, operator.name());
    }

    private static String action(TaskRequest request) {
        return "dead-letters." + Action.of(request).key();
    }

    /** How many letters of the snapshot it is about; null for a scan. */
    private @Nullable Long count(TaskRequest request) {
        return switch (request) {
            case TaskRequest.Scan scan -> null;
            case TaskRequest.Replay replay -> count(replay.queue(), replay.selection());
            case TaskRequest.Discard discard -> count(discard.queue(), discard.selection());
            case TaskRequest.DryRun dryRun -> count(dryRun.queue(), dryRun.selection());
            case TaskRequest.Edit edit -> 1L;
        };
    }

    private long count(String queue, Selection selection) {
        return letters.snapshot(queue)
                .map(Snapshot::letters)
                .map(all -> all.stream().filter(selection::includes).count())
                .orElse(0L);
    }

    private static Map<String, String> details(TaskRequest request) {
        Map<String, String> details = new TreeMap<>();
        switch (request) {
            case TaskRequest.Scan scan -> {}
            case TaskRequest.Replay replay -> {
                details.put("selection", describe(replay.selection()));
                details.put("rate", Texts.rate(replay.perSecond()));
                details.put("canary", String.valueOf(replay.canary()));
            }
            case TaskRequest.Discard discard -> details.put("selection", describe(discard.selection()));
            case TaskRequest.DryRun dryRun -> details.put("selection", describe(dryRun.selection()));
            case TaskRequest.Edit edit -> details.put("selection", edit.messageId());
        }
        return details;
    }

    private static String describe(Selection selection) {
        return switch (selection) {
            case Selection.Letters some
            when some.messageIds().size() <= MOST_NAMED ->
                some.messageIds().stream().sorted().collect(Collectors.joining(" "));
            case Selection.Letters some -> some.messageIds().size() + " letters";
            case Selection.OfGroup group -> group.code() + " of " + group.source();
            case Selection.All all -> "all";
        };
    }
}
