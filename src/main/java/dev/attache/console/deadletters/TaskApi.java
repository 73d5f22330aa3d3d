package dev.attache.console.deadletters;

import dev.attache.console.ConsoleController;
import dev.attache.console.Masks;
import dev.attache.console.Operator;
import dev.attache.console.api.ApiException;
import dev.attache.console.api.ApiProblem;
import dev.attache.console.api.Paging;
import dev.attache.deadletters.LeaseHeldException;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.Tasks;
import dev.attache.deadletters.Verdicts;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Tasks on dead-letter queues as JSON. */
@ConsoleController
@RequestMapping("/ops/api/tasks")
public final class TaskApi {

    private final DeadLetterQueues queues;

    private final Tasks tasks;

    private final AuditedTasks audited;

    public TaskApi(DeadLetterQueues queues, Tasks tasks, AuditedTasks audited) {
        this.queues = queues;
        this.tasks = tasks;
        this.audited = audited;
    }

    /** @param tasks the newest first */
    public record TaskList(List<ShownTask> tasks) {}

    /**
     * Results of a dry run, by message id.
     *
     * @param results a page of them
     * @param next what to send as after for the next page; missing on the last page
     */
    public record DryRunResultList(
            List<DryRunResult> results, @Nullable String next) {}

    /**
     * What would happen to a letter.
     *
     * @param messageId the letter
     * @param verdict accepted, rejected or unknown
     * @param code the code of the rejection
     * @param text a note, the reason of the rejection, or why nothing can be said now
     */
    public record DryRunResult(
            String messageId,
            Verdicts.Kind verdict,
            @Nullable String code,
            String text) {}

    /**
     * Lists the latest tasks.
     *
     * @param queue only of this dead-letter queue
     */
    @GetMapping
    TaskList tasks(
            @RequestParam(required = false) @Nullable String queue,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            Operator operator) {
        if (queue != null && !queues.contains(queue)) {
            throw DeadLetterApi.noQueue();
        }
        return new TaskList(tasks.latest(queue, new Paging(limit, null).limit()).stream()
                .map(task -> ShownTask.of(task, operator))
                .toList());
    }

    /** Starts a task on a dead-letter queue. */
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<ShownTask> startTask(@RequestBody TaskStart start, Operator operator) {
        if (!queues.contains(start.queue())) {
            throw DeadLetterApi.noQueue();
        }
        try {
            TaskRequest request = start.request();
            if (request instanceof TaskRequest.Edit && !tasks.mayEdit()) {
                throw new ApiException(ApiProblem.TURNED_OFF, "attache.dead-letters.edit is false");
            }
            Task task = audited.start(request, operator);
            return ResponseEntity.accepted()
                    .location(URI.create("/ops/api/tasks/" + task.id()))
                    .body(ShownTask.of(task, operator));
        } catch (LeaseHeldException held) {
            throw new ApiException(
                    ApiProblem.TASK_RUNNING,
                    "%s has started task %s at %s".formatted(held.holder(), held.task(), held.since()));
        } catch (IllegalArgumentException mistaken) {
            throw new ApiException(ApiProblem.BAD_REQUEST, String.valueOf(mistaken.getMessage()));
        }
    }

    /** Shows a task and its progress. */
    @GetMapping("/{id}")
    ShownTask task(@PathVariable UUID id, Operator operator) {
        return ShownTask.of(find(id), operator);
    }

    /** Cancels a task; it gives its letters back first. */
    @PostMapping("/{id}/cancel")
    ShownTask cancelTask(@PathVariable UUID id, Operator operator) {
        try {
            return ShownTask.of(audited.cancel(id, operator), operator);
        } catch (NoSuchElementException none) {
            throw noTask();
        }
    }

    /** Lists the results of a dry run. */
    @GetMapping("/{id}/results")
    DryRunResultList dryRunResults(
            @PathVariable UUID id,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String after,
            Operator operator) {
        Paging paging = new Paging(limit, after);
        if (!(find(id).request() instanceof TaskRequest.DryRun)) {
            throw new ApiException(ApiProblem.NOT_FOUND, "The task is no dry run, so it has no results");
        }
        List<DryRunResult> results = tasks.verdicts(id).map(Verdicts::of).orElse(Map.of()).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(result -> new DryRunResult(
                        result.getKey(),
                        result.getValue().verdict(),
                        result.getValue().code(),
                        Masks.forReader(operator, result.getValue().text())))
                .toList();
        Paging.Page<DryRunResult> page = paging.of(results, DryRunResult::messageId);
        return new DryRunResultList(page.items(), page.next());
    }

    private Task find(UUID id) {
        Optional<Task> task = tasks.find(id);
        return task.orElseThrow(TaskApi::noTask);
    }

    private static ApiException noTask() {
        return new ApiException(ApiProblem.NOT_FOUND, "There is no task with this id; /ops/api/tasks lists the latest");
    }
}
