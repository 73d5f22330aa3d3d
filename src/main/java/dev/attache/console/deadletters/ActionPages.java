package dev.attache.console.deadletters;

import dev.attache.console.ConsoleController;
import dev.attache.console.ConsolePages;
import dev.attache.console.ConsoleProblem;
import dev.attache.console.Operator;
import dev.attache.deadletters.LeaseHeldException;
import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.Tasks;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The steps before a task: what will happen, and its start. They work without JavaScript. */
@ConsoleController
public final class ActionPages {

    /** More letters than this are replayed with a canary, unless the operator decides otherwise. */
    private static final int MOST_WITHOUT_CANARY = 5;

    private static final double DEFAULT_RATE = 10;

    private final DeadLetterQueues queues;

    private final Tasks tasks;

    private final AuditedTasks audited;

    private final ConsolePages pages;

    public ActionPages(DeadLetterQueues queues, Tasks tasks, AuditedTasks audited, ConsolePages pages) {
        this.queues = queues;
        this.tasks = tasks;
        this.audited = audited;
        this.pages = pages;
    }

    /** Starts a scan. */
    @PostMapping("/ops/dead-letters/{queue}/scan")
    ResponseEntity<?> scan(@PathVariable String queue, Operator operator) {
        find(queue);
        try {
            audited.start(new TaskRequest.Scan(queue), operator);
        } catch (LeaseHeldException held) {
            // The page shows the task that has the queue.
        }
        return seeOther("/ops/dead-letters/" + queue);
    }

    /** What a replay would do. */
    @GetMapping("/ops/dead-letters/{queue}/replay")
    String replay(@PathVariable String queue, HttpServletRequest request, Operator operator) {
        return confirm(Action.REPLAY, queue, request, operator, "");
    }

    /** What a discard would do. */
    @GetMapping("/ops/dead-letters/{queue}/discard")
    String discard(@PathVariable String queue, HttpServletRequest request, Operator operator) {
        return confirm(Action.DISCARD, queue, request, operator, "");
    }

    /** What a dry run does. */
    @GetMapping("/ops/dead-letters/{queue}/dry-run")
    String dryRun(@PathVariable String queue, HttpServletRequest request, Operator operator) {
        return confirm(Action.DRY_RUN, queue, request, operator, "");
    }

    /** Starts a replay. */
    @PostMapping("/ops/dead-letters/{queue}/replay")
    ResponseEntity<?> startReplay(
            @PathVariable String queue,
            @RequestParam(defaultValue = "") String perSecond,
            @RequestParam(defaultValue = "false") boolean canary,
            HttpServletRequest request,
            Operator operator) {
        return start(
                Action.REPLAY,
                queue,
                selection -> new TaskRequest.Replay(queue, selection, rate(perSecond), canary),
                request,
                operator);
    }

    /** Starts a discard, if the name of the queue was typed. */
    @PostMapping("/ops/dead-letters/{queue}/discard")
    ResponseEntity<?> startDiscard(
            @PathVariable String queue,
            @RequestParam(defaultValue = "") String confirm,
            HttpServletRequest request,
            Operator operator) {
        return start(
                Action.DISCARD,
                queue,
                selection -> {
                    if (!confirm.strip().equals(queue)) {
                        throw new IllegalArgumentException(
                                "Nothing was deleted: the typed name is not the name of the queue.");
                    }
                    return new TaskRequest.Discard(queue, selection);
                },
                request,
                operator);
    }

    /** Starts a dry run. */
    @PostMapping("/ops/dead-letters/{queue}/dry-run")
    ResponseEntity<?> startDryRun(@PathVariable String queue, HttpServletRequest request, Operator operator) {
        return start(Action.DRY_RUN, queue, selection -> new TaskRequest.DryRun(queue, selection), request, operator);
    }

    /** Makes a task of a selection. */
    private interface Start {
        /** @throws IllegalArgumentException with a sentence for the operator */
        TaskRequest of(Selection selection);
    }

    private ResponseEntity<?> start(
            Action action, String queue, Start start, HttpServletRequest request, Operator operator) {
        QueueStatus status = find(queue);
        LetterChoice choice = LetterChoice.of(request.getParameterMap(), status.snapshot(), tasks);
        if (choice.selection().isEmpty()) {
            return refused(HttpStatus.BAD_REQUEST, action, queue, request, operator, "");
        }
        try {
            Task task = audited.start(start.of(choice.selection().get()), operator);
            return seeOther("/ops/tasks/" + task.id());
        } catch (LeaseHeldException held) {
            return refused(HttpStatus.CONFLICT, action, queue, request, operator, sentence(held));
        } catch (IllegalArgumentException mistaken) {
            return refused(HttpStatus.BAD_REQUEST, action, queue, request, operator, sentence(mistaken));
        }
    }

    private ResponseEntity<String> refused(
            HttpStatus status,
            Action action,
            String queue,
            HttpServletRequest request,
            Operator operator,
            String problem) {
        return ResponseEntity.status(status).body(confirm(action, queue, request, operator, problem));
    }

    private String confirm(Action action, String queue, HttpServletRequest request, Operator operator, String problem) {
        if (!operator.mayAct()) {
            throw new ConsoleProblem(HttpStatus.FORBIDDEN, "Only operators can act", "Sign in as an operator.");
        }
        QueueStatus status = find(queue);
        LetterChoice choice = LetterChoice.of(request.getParameterMap(), status.snapshot(), tasks);
        Map<String, Object> model = new HashMap<>();
        model.put("queue", status);
        model.put("action", action);
        model.put("choice", choice);
        model.put("which", choice.selection().map(Texts::of).orElse(""));
        model.put(
                "growing",
                choice.selection()
                        .filter(it -> !(it instanceof Selection.Letters))
                        .isPresent());
        model.put(
                "letter",
                choice.selection()
                        .flatMap(selection -> LetterChoice.single(status.snapshot(), selection))
                        .map(letter -> ShownLetter.of(letter, operator)));
        model.put(
                "whyNot",
                choice.selection().isEmpty()
                        ? "No letter is selected. Go back and select one."
                        : Availability.of(status, operator).act());
        model.put("perSecond", given(request, "perSecond", Texts.number(DEFAULT_RATE)));
        model.put(
                "canary",
                choice.count() > MOST_WITHOUT_CANARY
                        || !(choice.selection().orElse(null) instanceof Selection.Letters));
        model.put("problem", problem);
        return pages.page("dead-letters-confirm", action.title(), operator, model);
    }

    private static String given(HttpServletRequest request, String name, String otherwise) {
        String value = request.getParameter(name);
        return value == null ? otherwise : value;
    }

    private static double rate(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException("The rate is no number.", noNumber);
        }
    }

    private static String sentence(RuntimeException refused) {
        return String.valueOf(refused.getMessage());
    }

    private static ResponseEntity<Void> seeOther(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .build();
    }

    private QueueStatus find(String queue) {
        return queues.find(queue)
                .orElseThrow(() -> new ConsoleProblem(
                        HttpStatus.NOT_FOUND,
                        "There is no dead-letter queue with this name",
                        "The page Dead letters lists all."));
    }
}
