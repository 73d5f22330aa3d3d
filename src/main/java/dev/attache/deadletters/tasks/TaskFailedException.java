package dev.attache.deadletters.tasks;

/** A task cannot go on. The message is shown to operators, and names the fix. */
public abstract class TaskFailedException extends RuntimeException {

    protected TaskFailedException(String message) {
        super(message);
    }

    protected TaskFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
