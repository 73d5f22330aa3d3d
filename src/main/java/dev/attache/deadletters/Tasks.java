package dev.attache.deadletters;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tasks on dead-letter queues, of all instances. The caller has authorized and audited what it starts or cancels. */
public interface Tasks {

    /**
     * Starts a task in the background.
     *
     * @param by the name of the operator
     * @throws LeaseHeldException if another task uses the queue
     * @throws IllegalArgumentException if the queue is not a known dead-letter queue, or if an edit is not allowed
     */
    Task start(TaskRequest request, String by);

    Optional<Task> find(UUID id);

    /**
     * The last tasks, the newest first.
     *
     * @param queue only of this dead-letter queue; null for all
     */
    List<Task> latest(@Nullable String queue, int limit);

    /** The task that uses a dead-letter queue now. */
    Optional<Task> running(String queue);

    /**
     * Asks a task to end; it gives its letters back first. Does nothing if it has ended.
     *
     * @throws java.util.NoSuchElementException if there is no such task
     */
    Task cancel(UUID id, String by);

    /** The results of a dry run, as soon as there are some. */
    Optional<Verdicts> verdicts(UUID dryRun);

    /**
     * Reads the body of a letter anew, for editing: with a placeholder instead of each signed URL and each address of a
     * page. Takes some seconds, longer in a large queue, in which no task can use the queue; the letter is given back.
     *
     * @param by the name of the operator
     * @return empty if the letter was not found
     * @throws LeaseHeldException if a task uses the queue
     * @throws IllegalArgumentException if the queue is not a known dead-letter queue, or if an edit is not allowed
     * @throws TaskFailedException if SQS refuses a call or does not answer; the message names the fix
     */
    Optional<String> body(String queue, String messageId, String by);

    /** Whether {@link TaskRequest.Edit} is allowed: {@code attache.dead-letters.edit}. */
    boolean mayEdit();
}
