package dev.attache.deadletters;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What to do with letters of a dead-letter queue. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TaskRequest.Scan.class, name = "scan"),
    @JsonSubTypes.Type(value = TaskRequest.Replay.class, name = "replay"),
    @JsonSubTypes.Type(value = TaskRequest.Discard.class, name = "discard"),
    @JsonSubTypes.Type(value = TaskRequest.DryRun.class, name = "dry-run"),
    @JsonSubTypes.Type(value = TaskRequest.Edit.class, name = "edit")
})
public sealed interface TaskRequest {

    /** The name of the dead-letter queue. */
    String queue();

    /** Makes a {@link Snapshot}. */
    record Scan(String queue) implements TaskRequest {}

    /**
     * Sends letters to the queues that they came from, and deletes them from the dead-letter queue.
     *
     * @param perSecond the most letters in a second
     * @param canary whether to send five first, and to stop if all of them are rejected again
     */
    record Replay(String queue, Selection selection, double perSecond, boolean canary) implements TaskRequest {

        public Replay {
            if (!(perSecond > 0 && perSecond <= 10_000)) {
                throw new IllegalArgumentException(
                        "The rate is " + perSecond + " letters per second, but must be more than 0 and at most 10,000");
            }
        }
    }

    /** Deletes letters. */
    record Discard(String queue, Selection selection) implements TaskRequest {}

    /** Checks which letters would be accepted today. It has no side effects. */
    record DryRun(String queue, Selection selection) implements TaskRequest {}

    /** Sends another body with a new event id to the queue that a letter came from. The letter is kept. */
    record Edit(String queue, String messageId, String body) implements TaskRequest {}
}
