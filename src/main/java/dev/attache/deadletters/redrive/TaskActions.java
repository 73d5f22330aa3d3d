package dev.attache.deadletters.redrive;

import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.tasks.TaskAction;
import dev.attache.deadletters.tasks.TaskRun;
import java.util.Optional;

/** Executes each kind of task. */
record TaskActions(Scan scan, Replay replay, Discard discard, DryRun dryRun, Edit edit) implements TaskAction {

    @Override
    public Optional<Task.State> run(TaskRun run) {
        return switch (run.request()) {
            case TaskRequest.Scan request -> scan.run(run, request);
            case TaskRequest.Replay request -> replay.run(run, request);
            case TaskRequest.Discard request -> discard.run(run, request);
            case TaskRequest.DryRun request -> dryRun.run(run, request);
            case TaskRequest.Edit request -> edit.run(run, request);
        };
    }

    @Override
    public Optional<String> body(TaskRun run, TaskRequest.Edit request) {
        return edit.body(run, request);
    }
}
