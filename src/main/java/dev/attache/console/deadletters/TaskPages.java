package dev.attache.console.deadletters;

import dev.attache.console.ConsoleController;
import dev.attache.console.ConsolePages;
import dev.attache.console.ConsoleProblem;
import dev.attache.console.Masks;
import dev.attache.console.Operator;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.Tasks;
import dev.attache.deadletters.Verdicts;
import java.net.URI;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of a task: progress, outcomes, results of a dry run, and how to cancel it. */
@ConsoleController
public final class TaskPages {

    /** htmx stops polling after an answer with this status. */
    private static final int STOP_POLLING = 286;

    private static final int PAGE = 100;

    private final Tasks tasks;

    private final AuditedTasks audited;

    private final ConsolePages pages;

    private final Clock clock;

    public TaskPages(Tasks tasks, AuditedTasks audited, ConsolePages pages, Clock clock) {
        this.clock = clock;
        this.tasks = tasks;
        this.audited = audited;
        this.pages = pages;
    }

    /** A result of a dry run. */
    record Row(String messageId, Verdicts.Kind verdict, String code, String text) {}

    /** The page. */
    @GetMapping("/ops/tasks/{id}")
    String task(@PathVariable UUID id, @RequestParam(defaultValue = "1") int page, Operator operator) {
        TaskView task = TaskView.of(find(id), operator);
        return pages.page("task", task.title(), operator, model(task, page, operator));
    }

    /** The part of the page that changes. */
    @GetMapping("/ops/tasks/{id}/progress")
    ResponseEntity<String> progress(@PathVariable UUID id, Operator operator) {
        TaskView task = TaskView.of(find(id), operator);
        return ResponseEntity.status(task.live(clock.instant()) ? HttpStatus.OK.value() : STOP_POLLING)
                .body(pages.fragment("task", "progress", operator, model(task, 1, operator)));
    }

    /** Cancels the task. */
    @PostMapping("/ops/tasks/{id}/cancel")
    ResponseEntity<Void> cancel(@PathVariable UUID id, Operator operator) {
        find(id);
        audited.cancel(id, operator);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/ops/tasks/" + id))
                .build();
    }

    private Task find(UUID id) {
        return tasks.find(id)
                .orElseThrow(() -> new ConsoleProblem(
                        HttpStatus.NOT_FOUND, "There is no such task", "The page Dead letters lists the latest."));
    }

    private Map<String, Object> model(TaskView task, int page, Operator operator) {
        Map<String, Object> model = new HashMap<>();
        model.put("view", task);
        model.put("live", task.live(clock.instant()));
        model.put("task", task.task());
        model.put("whyNotCancel", Availability.cancel(operator));
        List<Row> rows = task.task().action() == Action.DRY_RUN ? rows(task, operator) : List.of();
        int pageCount = Math.max(1, (rows.size() + PAGE - 1) / PAGE);
        int shown = Math.clamp(page, 1, pageCount);
        model.put(
                "rows",
                rows.stream().skip((long) (shown - 1) * PAGE).limit(PAGE).toList());
        model.put("page", shown);
        model.put("pageCount", pageCount);
        model.put(
                "verdicts",
                rows.stream().collect(Collectors.groupingBy(row -> row.verdict().name(), Collectors.counting())));
        return model;
    }

    /** Those that would be rejected come first. */
    private List<Row> rows(TaskView task, Operator operator) {
        return tasks.verdicts(task.task().id()).map(Verdicts::of).orElse(Map.of()).entrySet().stream()
                .map(result -> new Row(
                        result.getKey(),
                        result.getValue().verdict(),
                        result.getValue().code() == null
                                ? ""
                                : result.getValue().code(),
                        Masks.forReader(operator, result.getValue().text())))
                .sorted(Comparator.comparingInt((Row row) -> List.of(
                                        Verdicts.Kind.REJECTED, Verdicts.Kind.UNKNOWN, Verdicts.Kind.ACCEPTED)
                                .indexOf(row.verdict()))
                        .thenComparing(Row::code)
                        .thenComparing(Row::messageId))
                .toList();
    }
}
