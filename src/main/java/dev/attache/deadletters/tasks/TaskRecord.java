package dev.attache.deadletters.tasks;

import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as the ledger stores it.
 *
 * @param task without outcomes, which are stored apart
 * @param cancelledBy who asked it to end; null for nobody
 * @param canary the ids of the letters that were sent first; empty before
 * @param waitingSince since when it waits for their outcomes; null if it does not
 * @param canaryPassed whether one of them was handled
 * @param lives how many instances have executed it
 */
public record TaskRecord(
        Task task,
        @Nullable String cancelledBy,
        List<String> canary,
        @Nullable Instant waitingSince,
        boolean canaryPassed,
        int lives) {

    public TaskRecord {
        canary = List.copyOf(canary);
    }

    static TaskRecord started(UUID id, TaskRequest request, String by, Instant now) {
        return new TaskRecord(
                new Task(id, request, Task.State.RUNNING, by, now, now, null, 0, 0, 0, 0, 0, 0, Map.of(), ""),
                null,
                List.of(),
                null,
                false,
                1);
    }

    TaskRecord cancelled(String operator) {
        return new TaskRecord(
                task, Objects.requireNonNullElse(cancelledBy, operator), canary, waitingSince, canaryPassed, lives);
    }

    TaskRecord resumed() {
        return new TaskRecord(task, cancelledBy, canary, waitingSince, canaryPassed, lives + 1);
    }

    public TaskRecord waiting(List<String> sent, Instant since) {
        return new TaskRecord(task, cancelledBy, sent, since, false, lives);
    }

    public TaskRecord passed() {
        return new TaskRecord(task, cancelledBy, canary, null, true, lives);
    }

    TaskRecord with(Task changed) {
        return new TaskRecord(changed, cancelledBy, canary, waitingSince, canaryPassed, lives);
    }

    /** The task for operators. The body of an edited letter is not shown again, because it may contain links. */
    Task view() {
        return task.request() instanceof TaskRequest.Edit edit
                ? with(task, new TaskRequest.Edit(edit.queue(), edit.messageId(), ""))
                        .task()
                : task;
    }

    /** When a task has ended, the body of an edited letter is not kept. */
    TaskRecord withoutBody() {
        return with(view());
    }

    private TaskRecord with(Task other, TaskRequest request) {
        return with(new Task(
                other.id(),
                request,
                other.state(),
                other.by(),
                other.startedAt(),
                other.updatedAt(),
                other.endedAt(),
                other.total(),
                other.done(),
                other.notFound(),
                other.failed(),
                other.handled(),
                other.rejectedAgain(),
                other.codes(),
                other.note()));
    }
}
