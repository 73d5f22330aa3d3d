package dev.attache.console.deadletters;

import dev.attache.console.ConsoleController;
import dev.attache.console.ConsolePages;
import dev.attache.console.ConsoleProblem;
import dev.attache.console.Masks;
import dev.attache.console.Operator;
import dev.attache.deadletters.DeadLetter;
import dev.attache.deadletters.Search;
import dev.attache.deadletters.Snapshot;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages that show dead letters. */
@ConsoleController
public final class DeadLetterPages {

    /** Letters of one page of the list. */
    private static final int PAGE = 50;

    private static final int LATEST_TASKS = 10;

    /** What SQS deletes within this time is marked. */
    private static final Duration SOON = Duration.ofDays(1);

    private final DeadLetterQueues queues;

    private final Tasks tasks;

    private final ConsolePages pages;

    private final Clock clock;

    public DeadLetterPages(DeadLetterQueues queues, Tasks tasks, ConsolePages pages, Clock clock) {
        this.queues = queues;
        this.tasks = tasks;
        this.pages = pages;
        this.clock = clock;
    }

    /** All dead-letter queues, and the latest tasks. */
    @GetMapping("/ops/dead-letters")
    String overview(Operator operator) {
        return pages.page(
                "dead-letters",
                "Dead letters",
                operator,
                Map.of(
                        "queues",
                        queues.all(),
                        "tasks",
                        latest(null, operator),
                        "soon",
                        clock.instant().plus(SOON)));
    }

    /** One queue: its groups, and the letters that a search finds. */
    @GetMapping("/ops/dead-letters/{queue}")
    String queue(
            @PathVariable String queue,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String source,
            @RequestParam(defaultValue = "1") int page,
            Operator operator) {
        QueueStatus status = find(queue);
        Optional<Snapshot> snapshot = status.snapshot();
        List<DeadLetter> found = snapshot.map(it -> it.search(
                        new Search(text, value(code), value(source)), letter -> Masks.forReader(operator, letter)))
                .orElse(List.of());
        int pageCount = Math.max(1, (found.size() + PAGE - 1) / PAGE);
        int shown = Math.clamp(page, 1, pageCount);
        Map<String, Object> model = model(status, operator);
        model.put("groups", snapshot.map(Snapshot::groups).orElse(List.of()));
        model.put("search", Map.of("text", text, "code", code, "source", source));
        model.put("found", found.size());
        model.put("page", shown);
        model.put("pageCount", pageCount);
        model.put(
                "letters",
                found.stream()
                        .skip((long) (shown - 1) * PAGE)
                        .limit(PAGE)
                        .map(letter -> ShownLetter.of(letter, operator))
                        .toList());
        model.put("tasks", latest(queue, operator));
        return pages.page("dead-letters-queue", queue, operator, model);
    }

    /** The line about the running task; as soon as it has ended, the page is loaded again. */
    @GetMapping("/ops/dead-letters/{queue}/status")
    ResponseEntity<String> status(@PathVariable String queue, Operator operator) {
        QueueStatus status = find(queue);
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (status.task().isEmpty()) {
            answer.header("HX-Refresh", "true");
        }
        return answer.body(pages.fragment("dead-letters-queue", "status", operator, model(status, operator)));
    }

    /** One letter. */
    @GetMapping("/ops/dead-letters/{queue}/{messageId}")
    String letter(@PathVariable String queue, @PathVariable String messageId, Operator operator) {
        QueueStatus status = find(queue);
        DeadLetter letter = status.snapshot()
                .flatMap(it -> it.find(messageId))
                .orElseThrow(() -> new ConsoleProblem(
                        HttpStatus.NOT_FOUND,
                        "The last scan of the queue has not found this letter",
                        "It may have been replayed, discarded or deleted by SQS. Scan the queue again."));
        Map<String, Object> model = model(status, operator);
        model.put("letter", ShownLetter.of(letter, operator));
        model.put("advice", CodeAdvice.of(letter.code()));
        model.put("whyNotEdit", Availability.of(status, operator).edit(letter, tasks.mayEdit()));
        return pages.page("dead-letters-letter", "Dead letter", operator, model);
    }

    private Map<String, Object> model(QueueStatus status, Operator operator) {
        Availability availability = Availability.of(status, operator);
        Map<String, Object> model = new HashMap<>();
        model.put("queue", status);
        model.put("snapshot", status.snapshot());
        model.put("running", status.task().map(task -> TaskView.of(task, operator)));
        model.put("whyNotScan", availability.scan());
        model.put("whyNotAct", availability.act());
        model.put("soon", clock.instant().plus(SOON));
        return model;
    }

    private List<TaskView> latest(@Nullable String queue, Operator operator) {
        return tasks.latest(queue, LATEST_TASKS).stream()
                .map((Task task) -> TaskView.of(task, operator))
                .toList();
    }

    private QueueStatus find(String queue) {
        return queues.find(queue)
                .orElseThrow(() -> new ConsoleProblem(
                        HttpStatus.NOT_FOUND,
                        "There is no dead-letter queue with this name",
                        "The page Dead letters lists all."));
    }

    private static @Nullable String value(String parameter) {
        return parameter.isEmpty() ? null : parameter;
    }
}
