package dev.attache.deadletters.redrive;

import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.tasks.TaskRun;
import io.github.bucket4j.TimeMeter;
import java.util.Optional;

/** Sends letters to the queues that they came from, at a rate, and deletes them. */
final class Replay {

    private final RedriveContext context;

    Replay(RedriveContext context) {
        this.context = context;
    }

    /** @return how the task ended; empty if it has not, because it is to end early */
    Optional<Task.State> run(TaskRun run, TaskRequest.Replay request) {
        SelectedLetters selected = new SelectedLetters(context, run, request.selection());
        Pace pace = new Pace(request.perSecond(), TimeMeter.SYSTEM_NANOTIME);
        if (request.canary() && !run.record().canaryPassed()) {
            Optional<Task.State> stopped = new Canary(context, selected, pace, run).run();
            if (stopped.isPresent() || run.isEnding()) {
                return stopped;
            }
        }
        LetterPass pass = context.pass(run);
        LetterSender sender = new LetterSender(context, selected.queue(), pass, pace, run);
        try {
            return selected.handle(run, pass, sender::send);
        } finally {
            context.gone(request.queue(), pass.deleted());
        }
    }
}
