package dev.attache.deadletters.redrive;

import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.tasks.TaskRun;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Gatherers;
import software.amazon.awssdk.services.sqs.model.Message;

/** Deletes letters: of a group, or of all, those that the last snapshot shows. */
final class Discard {

    private final RedriveContext context;

    Discard(RedriveContext context) {
        this.context = context;
    }

    /** @return how the task ended; empty if it has not, because it is to end early */
    Optional<Task.State> run(TaskRun run, TaskRequest.Discard request) {
        SelectedLetters selected = new SelectedLetters(context, run, shown(request));
        if (selected.isEmpty()) {
            run.note("shown", "The list shows no such letter, so none was deleted. Refresh it");
            return Optional.of(Task.State.DONE);
        }
        LetterPass pass = context.pass(run);
        try {
            return selected.handle(
                    run,
                    pass,
                    letters -> letters.stream()
                            .gather(Gatherers.windowFixed(ConsoleQueues.BATCH))
                            .takeWhile(batch -> !run.isEnding())
                            .forEach(batch -> delete(run, pass, batch)));
        } finally {
            context.gone(request.queue(), pass.deleted());
        }
    }

    /**
     * Only letters in the snapshot, so that none is deleted that nobody has seen. The time at which a letter was sent
     * does not tell: SQS keeps the first one when it moves a message.
     */
    private Selection shown(TaskRequest.Discard request) {
        return switch (request.selection()) {
            case Selection.Letters letters -> letters;
            case Selection.OfGroup group -> new Selection.Letters(context.inSnapshot(request.queue(), group));
            case Selection.All all -> new Selection.Letters(context.inSnapshot(request.queue(), all));
        };
    }

    private static void delete(TaskRun run, LetterPass pass, List<Message> letters) {
        Set<String> left = pass.delete(letters);
        run.done(letters.size() - (long) left.size());
        run.failed(left.size());
    }
}
