package dev.attache.deadletters;

/** A task on dead letters, or a search for one, cannot go on. The message is shown to operators, and names the fix. */
public abstract class TaskFailedException extends RuntimeException {

    protected TaskFailedException(String message) {
        super(message);
    }

    protected TaskFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
