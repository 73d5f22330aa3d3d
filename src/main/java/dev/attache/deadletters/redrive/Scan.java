package dev.attache.deadletters.redrive;

import dev.attache.deadletters.DeadLetter;
import dev.attache.deadletters.DeadLetterQueue;
import dev.attache.deadletters.Snapshot;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.tasks.TaskRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a snapshot of a dead-letter queue. */
final class Scan {

    private final RedriveContext context;

    Scan(RedriveContext context) {
        this.context = context;
    }

    /** @return how the task ended; empty if it has not, because it is to end early */
    Optional<Task.State> run(TaskRun run, TaskRequest.Scan request) {
        ConsoleQueues.Facts facts = context.queues().facts(request.queue());
        DeadLetterQueue queue = context.queue(request.queue(), facts);
        long about = facts.visible() + facts.inFlight();
        run.total(about);
        int limit = context.properties().limit();
        List<DeadLetter> found = new ArrayList<>();
        LetterPass pass = context.pass(run);
        pass.run(letters -> {
            letters.stream()
                    .limit(limit - (long) found.size())
                    .map(letter -> context.reader().read(queue, letter))
                    .forEach(found::add);
            run.done(Math.min(letters.size(), limit - run.done()));
            return found.size() < limit;
        });
        if (run.isEnding()) {
            return Optional.empty();
        }
        boolean complete = pass.isDrained();
        if (!complete) {
            run.note(
                    "limit",
                    "%,d of about %,d letters: attache.dead-letters.limit permits no more in a list"
                            .formatted(found.size(), about));
        }
        if (facts.inFlight() > 0) {
            run.note(
                    "hidden",
                    "About %,d letters were in flight: somebody else had received them".formatted(facts.inFlight()));
        }
        context.snapshots()
                .store(new Snapshot(
                        request.queue(),
                        context.clock().instant(),
                        Math.max(about, found.size()),
                        facts.inFlight(),
                        complete,
                        found));
        return Optional.of(Task.State.DONE);
    }
}
