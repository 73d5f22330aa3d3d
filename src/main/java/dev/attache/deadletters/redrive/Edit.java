package dev.attache.deadletters.redrive;

import dev.attache.contract.value.RejectedException;
import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.dryrun.EditedEvent;
import dev.attache.deadletters.dryrun.EditedEvents;
import dev.attache.deadletters.redrive.ConsoleQueues.EntryFailure;
import dev.attache.deadletters.redrive.ConsoleQueues.Outgoing;
import dev.attache.deadletters.tasks.TaskRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.model.Message;

/** Sends an edited letter with a new event id. The original letter is kept. */
final class Edit {

    private final RedriveContext context;

    private final Supplier<EditedEvents> edited;

    /** @param edited is called when there is something to edit */
    Edit(RedriveContext context, Supplier<EditedEvents> edited) {
        this.context = context;
        this.edited = edited;
    }

    /** @return how the task ended; empty if it has not, because it is to end early */
    Optional<Task.State> run(TaskRun run, TaskRequest.Edit request) {
        SelectedLetters selected =
                new SelectedLetters(context, run, new Selection.Letters(Set.of(request.messageId())));
        Optional<Task.State> end = selected.handle(
                run, context.pass(run), letters -> send(run, selected, letters.getFirst(), request.body()));
        if (end.isPresent() && run.done() == 0) {
            if (run.failed() == 0) {
                run.note("edit", "The letter was not found, so nothing was sent");
            }
            return Optional.of(Task.State.FAILED);
        }
        return end;
    }

    /** The body of the letter, as it may be edited. The letter is given back. */
    Optional<String> body(TaskRun run, TaskRequest.Edit request) {
        AtomicReference<String> body = new AtomicReference<>();
        context.pass(run).run(letters -> {
            letters.stream()
                    .filter(letter -> letter.messageId().equals(request.messageId()))
                    .findFirst()
                    .ifPresent(letter -> body.set(letter.body()));
            return body.get() == null;
        });
        return Optional.ofNullable(body.get()).map(it -> edited.get().editable(it));
    }

    private void send(TaskRun run, SelectedLetters selected, Message letter, String body) {
        String source = context.reader()
                .sourceQueue(selected.queue(), letter)
                .filter(context::isInput)
                .orElse("");
        if (source.isEmpty()) {
            fail(run, "The letter came from no queue of this installation");
            return;
        }
        EditedEvent event;
        try {
            event = edited.get().of(source, body, letter.body(), run.id());
        } catch (RejectedException invalid) {
            fail(run, "The edited letter is not valid: " + invalid.detail());
            return;
        }
        Outgoing message = new Outgoing(
                letter.messageId(), event.body(), context.attributes().ofEdited(letter, run.id()));
        Map<String, EntryFailure> failures = context.queues().send(source, List.of(message));
        if (failures.isEmpty()) {
            run.done(1);
            run.note("edit", sentAs(source, event));
        } else {
            failures.values().forEach(failure -> fail(run, "SQS did not take the letter (" + failure.code() + ")"));
        }
    }

    private static String sentAs(String source, EditedEvent event) {
        String sent =
                event.id() == null ? "Sent to " + source : "Sent to %s with the id %s".formatted(source, event.id());
        return event.note().isEmpty() ? sent : sent + ". " + event.note();
    }

    private static void fail(TaskRun run, String note) {
        run.failed(1);
        run.note("edit", note);
    }
}
