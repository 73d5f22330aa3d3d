package dev.attache.console.deadletters;

import dev.attache.console.ConsoleController;
import dev.attache.console.ConsolePages;
import dev.attache.console.ConsoleProblem;
import dev.attache.console.Operator;
import dev.attache.contract.value.RejectedException;
import dev.attache.deadletters.DeadLetter;
import dev.attache.deadletters.LeaseHeldException;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskFailedException;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.Tasks;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which an operator edits the body of a letter and sends the result. The letter stays. */
@ConsoleController
public final class EditPages {

    private final DeadLetterQueues queues;

    private final Tasks tasks;

    private final AuditedTasks audited;

    private final ConsolePages pages;

    public EditPages(DeadLetterQueues queues, Tasks tasks, AuditedTasks audited, ConsolePages pages) {
        this.queues = queues;
        this.tasks = tasks;
        this.audited = audited;
        this.pages = pages;
    }

    /** The body, in a field. */
    @GetMapping("/ops/dead-letters/{queue}/{messageId}/edit")
    String edit(@PathVariable String queue, @PathVariable String messageId, Operator operator) {
        return page(queue, messageId, operator, null, "");
    }

    /** Sends the edited body. */
    @PostMapping("/ops/dead-letters/{queue}/{messageId}/edit")
    ResponseEntity<?> send(
            @PathVariable String queue,
            @PathVariable String messageId,
            @RequestParam(defaultValue = "") String body,
            Operator operator) {
        DeadLetter letter = letter(find(queue), messageId);
        try {
            if (!tasks.mayEdit() || letter.sourceQueue() == null) {
                throw new IllegalArgumentException("This letter cannot be edited.");
            }
            Task task = audited.start(new TaskRequest.Edit(queue, messageId, body), operator);
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .location(URI.create("/ops/tasks/" + task.id()))
                    .build();
        } catch (LeaseHeldException held) {
            return refused(HttpStatus.CONFLICT, queue, messageId, operator, body, held);
        } catch (IllegalArgumentException | RejectedException mistaken) {
            return refused(HttpStatus.BAD_REQUEST, queue, messageId, operator, body, mistaken);
        }
    }

    private ResponseEntity<String> refused(
            HttpStatus status,
            String queue,
            String messageId,
            Operator operator,
            String body,
            RuntimeException problem) {
        return ResponseEntity.status(status)
                .body(page(queue, messageId, operator, body, String.valueOf(problem.getMessage())));
    }

    /** @param edited what the operator has sent; null for the letter's own body */
    private String page(String queue, String messageId, Operator operator, @Nullable String edited, String problem) {
        if (!operator.mayAct()) {
            throw new ConsoleProblem(HttpStatus.FORBIDDEN, "Only operators can act", "Sign in as an operator.");
        }
        QueueStatus status = queues.find(queue).orElseThrow(EditPages::notFound);
        DeadLetter letter = status.snapshot().flatMap(it -> it.find(messageId)).orElseThrow(EditPages::notFound);
        Map<String, Object> model = new HashMap<>();
        String whyNot = Availability.of(status, operator).edit(letter, tasks.mayEdit());
        String body = edited;
        if (body == null && whyNot.isEmpty()) {
            try {
                body = body(letter, operator);
            } catch (LeaseHeldException | TaskFailedException e) {
                whyNot = String.valueOf(e.getMessage());
            }
        }
        model.put("queue", status);
        model.put("letter", ShownLetter.of(letter, operator));
        model.put("advice", CodeAdvice.of(letter.code()));
        model.put("body", Objects.requireNonNullElse(body, ""));
        model.put("whyNot", whyNot);
        model.put("problem", problem);
        return pages.page("dead-letters-edit", "Edit and replay", operator, model);
    }

    private QueueStatus find(String queue) {
        return queues.find(queue).orElseThrow(EditPages::notFound);
    }

    private static DeadLetter letter(QueueStatus queue, String messageId) {
        return queue.snapshot().flatMap(it -> it.find(messageId)).orElseThrow(EditPages::notFound);
    }

    /** A snapshot has no whole bodies, so others are received once more. */
    private String body(DeadLetter letter, Operator operator) {
        return letter.excerptWhole()
                ? letter.excerpt()
                : tasks.body(letter.queue(), letter.messageId(), operator.name())
                        .orElseThrow(EditPages::notFound);
    }

    private static ConsoleProblem notFound() {
        return new ConsoleProblem(
                HttpStatus.NOT_FOUND,
                "The last scan of the queue has not found this letter",
                "It may have been replayed, discarded or deleted by SQS. Scan the queue again.");
    }
}
