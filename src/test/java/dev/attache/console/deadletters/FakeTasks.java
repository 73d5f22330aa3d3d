package dev.attache.console.deadletters;

import dev.attache.deadletters.DeadLetters;
import dev.attache.deadletters.LeaseHeldException;
import dev.attache.deadletters.Snapshot;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskFailedException;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.Tasks;
import dev.attache.deadletters.Verdicts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Snapshots and tasks in memory. A task that is started runs until the test ends it. */
final class FakeTasks implements Tasks, DeadLetters {

    final Map<String, Snapshot> snapshots = new HashMap<>();
    final List<Task> tasks = new ArrayList<>();
    final Map<UUID, Verdicts> verdicts = new HashMap<>();

    /** Set to the lease that {@link #start} finds, though {@link #running} did not. */
    @Nullable
    LeaseHeldException raced;

    /** What {@link #body} fails with. */
    @Nullable
    TaskFailedException bodyProblem;

    boolean mayEdit = true;

    private final Instant now;

    FakeTasks(Instant now) {
        this.now = now;
    }

    @Override
    public Optional<Snapshot> snapshot(String queue) {
        return Optional.ofNullable(snapshots.get(queue));
    }

    @Override
    public Task start(TaskRequest request, String by) {
        if (raced != null) {
            throw raced;
        }
        Task task = task(request, Task.State.RUNNING, by, now);
        tasks.addFirst(task);
        return task;
    }

    static Task task(TaskRequest request, Task.State state, String by, Instant at) {
        return new Task(
                new UUID(0, request.hashCode()),
                request,
                state,
                by,
                at,
                at,
                state.isEnded() ? at : null,
                0,
                0,
                0,
                0,
                0,
                0,
                Map.of(),
                "");
    }

    /** Adds a task with progress. */
    Task add(Task task, long total, long done, long handled, long rejected, Map<String, Long> codes, String note) {
        Task progressed = new Task(
                task.id(),
                task.request(),
                task.state(),
                task.by(),
                task.startedAt(),
                task.updatedAt(),
                task.endedAt(),
                total,
                done,
                0,
                0,
                handled,
                rejected,
                codes,
                note);
        tasks.addFirst(progressed);
        return progressed;
    }

    @Override
    public Optional<Task> find(UUID id) {
        return tasks.stream().filter(task -> task.id().equals(id)).findFirst();
    }

    @Override
    public List<Task> latest(@Nullable String queue, int limit) {
        return tasks.stream()
                .filter(task -> queue == null || task.request().queue().equals(queue))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Task> running(String queue) {
        return latest(queue, Integer.MAX_VALUE).stream()
                .filter(task -> !task.isEnded())
                .findFirst();
    }

    @Override
    public Task cancel(UUID id, String by) {
        Task task = find(id).orElseThrow();
        tasks.remove(task);
        return add(task(task.request(), Task.State.CANCELLED, task.by(), now), 0, 0, 0, 0, Map.of(), "");
    }

    @Override
    public Optional<Verdicts> verdicts(UUID dryRun) {
        return Optional.ofNullable(verdicts.get(dryRun));
    }

    @Override
    public Optional<String> body(String queue, String messageId, String by) {
        if (bodyProblem != null) {
            throw bodyProblem;
        }
        return snapshot(queue).flatMap(it -> it.find(messageId)).map(letter -> "{\"received\":\"anew\"}");
    }

    @Override
    public boolean mayEdit() {
        return mayEdit;
    }
}
