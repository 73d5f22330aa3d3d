package dev.attache.deadletters.redrive;

import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.tasks.TaskRun;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Gatherers;
import software.amazon.awssdk.services.sqs.model.Message;

/** Deletes letters. */
final class Discard {

    private final RedriveContext context;

    Discard(RedriveContext context) {
        this.context = context;
    }

    /** @return how the task ended; empty if it has not, because it is to end early */
    Optional<Task.State> run(TaskRun run, TaskRequest.Discard request) {
        SelectedLetters selected = new SelectedLetters(context, run, request.selection());
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

    private static void delete(TaskRun run, LetterPass pass, List<Message> letters) {
        Set<String> left = pass.delete(letters);
        run.done(letters.size() - (long) left.size());
        run.failed(left.size());
    }
}
