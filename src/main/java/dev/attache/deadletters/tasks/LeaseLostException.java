package dev.attache.deadletters.tasks;

import dev.attache.deadletters.TaskFailedException;

/** The lease of a dead-letter queue could not be renewed, so that another task may use the queue. */
final class LeaseLostException extends TaskFailedException {

    LeaseLostException(String queue) {
        super("The lease of %s could not be renewed in time, so the search for the letter has ended: try again"
                .formatted(queue));
    }
}
