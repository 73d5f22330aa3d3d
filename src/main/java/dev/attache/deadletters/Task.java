package dev.attache.deadletters;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task and its progress.
 *
 * @param by who started it
 * @param updatedAt when its progress was last recorded
 * @param endedAt null while it runs or waits
 * @param total how many letters it is about, as far as known: for a scan those that SQS reported, otherwise those of
 *     the snapshot that are selected
 * @param done how many were found, sent, deleted or checked
 * @param notFound how many selected letters were not found; known at the end
 * @param failed how many letters could not be sent, deleted or checked; they stay in the dead-letter queue
 * @param handled how many of those that were sent have been handled
 * @param rejectedAgain how many of those that were sent have been rejected again
 * @param codes for a replay, how often those were rejected with each code; for a dry run, how many would be
 * @param note what an operator should know, such as why it waits or has stopped; may be empty
 */
public record Task(
        UUID id,
        TaskRequest request,
        State state,
        String by,
        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant endedAt,
        long total,
        long done,
        long notFound,
        long failed,
        long handled,
        long rejectedAgain,
        Map<String, Long> codes,
        String note) {

    /** The state of a task. */
    public enum State {
        RUNNING,
        /** A replay waits for the outcomes of the first letters. */
        WAITING,
        DONE,
        /** The first letters were rejected again, so the others were not sent. */
        STOPPED,
        CANCELLED,
        FAILED;

        public boolean isEnded() {
            return this != RUNNING && this != WAITING;
        }
    }

    public Task {
        codes = Map.copyOf(codes);
    }

    @JsonIgnore
    public boolean isEnded() {
        return state.isEnded();
    }

    /** This task with the time at which its progress was recorded. */
    public Task at(Instant time) {
        return new Task(
                id,
                request,
                state,
                by,
                startedAt,
                time,
                endedAt,
                total,
                done,
                notFound,
                failed,
                handled,
                rejectedAgain,
                codes,
                note);
    }

    /** This task with the outcomes of the letters that were sent. */
    public Task withOutcomes(long nowHandled, long nowRejectedAgain, Map<String, Long> nowCodes) {
        return new Task(
                id,
                request,
                state,
                by,
                startedAt,
                updatedAt,
                endedAt,
                total,
                done,
                notFound,
                failed,
                nowHandled,
                nowRejectedAgain,
                nowCodes,
                note);
    }
}
