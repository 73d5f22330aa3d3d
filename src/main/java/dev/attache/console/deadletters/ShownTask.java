package dev.attache.console.deadletters;

import dev.attache.console.Masks;
import dev.attache.console.Operator;
import dev.attache.deadletters.Selection;
import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task on a dead-letter queue and its progress.
 *
 * @param id the id of the task
 * @param action what it does
 * @param queue the dead-letter queue
 * @param selection the letters that it is about; missing for a scan and an edit
 * @param messageId the letter that was edited; only of an edit
 * @param perSecond the most letters in a second; only of a replay
 * @param canary whether it sends five letters first and stops if all of them are rejected again; only of a replay
 * @param state whether it runs, waits for outcomes, or how it ended
 * @param by who started it
 * @param startedAt when it was started
 * @param updatedAt when its progress was last recorded
 * @param endedAt when it ended; missing until then
 * @param total how many letters it is about, as far as known
 * @param done how many letters were found, sent, deleted or checked
 * @param notFound how many selected letters were not found; known at the end
 * @param failed how many letters could not be sent, deleted or checked; they stay in the dead-letter queue
 * @param handled how many of the sent letters have been handled
 * @param rejectedAgain how many of the sent letters have been rejected again
 * @param codes how many letters were rejected, or would be, by code
 * @param note why it waits or has stopped, and what else is to be known; may be empty
 */
public record ShownTask(
        UUID id,
        Action action,
        String queue,
        @Nullable Selection selection,
        @Nullable String messageId,
        @Nullable Double perSecond,
        @Nullable Boolean canary,
        Task.State state,
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

    static ShownTask of(Task task, Operator reader) {
        TaskRequest request = task.request();
        return new ShownTask(
                task.id(),
                Action.of(request),
                request.queue(),
                selection(request),
                request instanceof TaskRequest.Edit edit ? edit.messageId() : null,
                request instanceof TaskRequest.Replay replay ? replay.perSecond() : null,
                request instanceof TaskRequest.Replay replay ? replay.canary() : null,
                task.state(),
                task.by(),
                task.startedAt(),
                task.updatedAt(),
                task.endedAt(),
                task.total(),
                task.done(),
                task.notFound(),
                task.failed(),
                task.handled(),
                task.rejectedAgain(),
                task.codes(),
                Masks.forReader(reader, task.note()));
    }

    private static @Nullable Selection selection(TaskRequest request) {
        return switch (request) {
            case TaskRequest.Scan scan -> null;
            case TaskRequest.Replay replay -> replay.selection();
            case TaskRequest.Discard discard -> discard.selection();
            case TaskRequest.DryRun dryRun -> dryRun.selection();
            case TaskRequest.Edit edit -> null;
        };
    }
}
