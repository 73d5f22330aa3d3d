package dev.attache.deadletters.tasks;

import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskFailedException;
import dev.attache.deadletters.TaskRequest;
import java.util.Optional;

/** Executes tasks. */
public interface TaskAction {

    /**
     * Executes a task.
     *
     * @return how it ended; empty if it has not, because it is to end early ({@link TaskRun#isEnding()})
     * @throws TaskFailedException if it cannot go on
     */
    Optional<Task.State> run(TaskRun run);

    /**
     * Reads the body of a letter, as it may be edited.
     *
     * @return empty if the letter was not found
     * @throws TaskFailedException if SQS refuses a call
     */
    Optional<String> body(TaskRun run, TaskRequest.Edit request);
}
