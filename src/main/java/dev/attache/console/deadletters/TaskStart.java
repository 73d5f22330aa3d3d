package dev.attache.console.deadletters;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.attache.deadletters.Selection;
import dev.attache.deadletters.TaskRequest;
import org.jspecify.annotations.Nullable;

/** The body of a request to start a task. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TaskStart.Scan.class, name = "scan"),
    @JsonSubTypes.Type(value = TaskStart.Replay.class, name = "replay"),
    @JsonSubTypes.Type(value = TaskStart.Discard.class, name = "discard"),
    @JsonSubTypes.Type(value = TaskStart.DryRun.class, name = "dry-run"),
    @JsonSubTypes.Type(value = TaskStart.Edit.class, name = "edit")
})
public sealed interface TaskStart {

    double DEFAULT_RATE = 10;

    /** The dead-letter queue. */
    String queue();

    /** @throws IllegalArgumentException with a sentence for the client */
    TaskRequest request();

    /**
     * Makes a snapshot.
     *
     * @param queue the dead-letter queue
     */
    record Scan(String queue) implements TaskStart {

        public Scan {
            require("queue", queue);
        }

        @Override
        public TaskRequest request() {
            return new TaskRequest.Scan(queue);
        }
    }

    /**
     * Sends letters to the queues that they came from.
     *
     * @param queue the dead-letter queue
     * @param selection the letters
     * @param perSecond the most letters in a second; 10 if missing
     * @param canary whether to send five letters first and to stop if all of them are rejected again; true if missing
     */
    record Replay(
            String queue,
            Selection selection,
            @Nullable Double perSecond,
            @Nullable Boolean canary) implements TaskStart {

        public Replay {
            require("queue", queue);
            require(selection);
        }

        @Override
        public TaskRequest request() {
            return new TaskRequest.Replay(
                    queue, selection, perSecond == null ? DEFAULT_RATE : perSecond, canary == null || canary);
        }
    }

    /**
     * Deletes letters that the last scan has found.
     *
     * @param queue the dead-letter queue
     * @param selection the letters
     * @param confirm the name of the queue again
     */
    record Discard(String queue, Selection selection, String confirm) implements TaskStart {

        public Discard {
            require("queue", queue);
            require(selection);
            require("confirm", confirm);
        }

        @Override
        public TaskRequest request() {
            if (!confirm.equals(queue)) {
                throw new IllegalArgumentException("confirm is not the name of the queue, so nothing was deleted");
            }
            return new TaskRequest.Discard(queue, selection);
        }
    }

    /**
     * Checks which letters would be accepted today, without side effects.
     *
     * @param queue the dead-letter queue
     * @param selection the letters
     */
    record DryRun(String queue, Selection selection) implements TaskStart {

        public DryRun {
            require("queue", queue);
            require(selection);
        }

        @Override
        public TaskRequest request() {
            return new TaskRequest.DryRun(queue, selection);
        }
    }

    /**
     * Sends another body with a new event id to the queue that a letter came from. The letter stays.
     *
     * @param queue the dead-letter queue
     * @param messageId the letter
     * @param body the edited body
     */
    record Edit(String queue, String messageId, String body) implements TaskStart {

        public Edit {
            require("queue", queue);
            require("messageId", messageId);
            require("body", body);
        }

        @Override
        public TaskRequest request() {
            return new TaskRequest.Edit(queue, messageId, body);
        }
    }

    private static void require(@Nullable Selection selection) {
        require("selection", selection);
        if (selection instanceof Selection.Letters(var messageIds) && messageIds.isEmpty()) {
            throw new IllegalArgumentException("selection has no messageIds, so there is nothing to do");
        }
    }

    private static void require(String name, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("The field " + name + " is missing");
        }
    }
}
