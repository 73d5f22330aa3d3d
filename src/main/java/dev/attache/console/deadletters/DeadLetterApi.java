package dev.attache.console.deadletters;

import dev.attache.console.ConsoleController;
import dev.attache.console.Masks;
import dev.attache.console.Operator;
import dev.attache.console.api.ApiException;
import dev.attache.console.api.ApiProblem;
import dev.attache.console.api.Paging;
import dev.attache.deadletters.DeadLetter;
import dev.attache.deadletters.Group;
import dev.attache.deadletters.Search;
import dev.attache.deadletters.Snapshot;
import dev.attache.deadletters.Task;
import dev.attache.queues.Depth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Dead letters as JSON. */
@ConsoleController
@RequestMapping("/ops/api/dead-letters")
public final class DeadLetterApi {

    private final DeadLetterQueues queues;

    public DeadLetterApi(DeadLetterQueues queues) {
        this.queues = queues;
    }

    /** @param queues one for each dead-letter queue */
    public record DeadLetterQueueList(List<DeadLetterQueue> queues) {}

    /**
     * A dead-letter queue.
     *
     * @param queue its name
     * @param source the queue whose dead letters it contains; missing for undelivered messages
     * @param visible about how many letters can be received; missing until SQS has answered
     * @param inFlight about how many letters were received and not given back yet, such as by a scan
     * @param problem why the last sample failed; missing if it succeeded
     * @param retention how long SQS keeps a letter
     * @param snapshot what the last scan found; missing before the first scan
     * @param task the task that uses the queue now
     */
    public record DeadLetterQueue(
            String queue,
            @Nullable String source,
            @Nullable Long visible,
            @Nullable Long inFlight,
            @Nullable String problem,
            Duration retention,
            @Nullable SnapshotSummary snapshot,
            @Nullable UUID task) {}

    /**
     * What a scan found.
     *
     * @param at when the scan ended
     * @param letters how many letters it found
     * @param about how many letters SQS reported
     * @param inFlight how many of these were hidden from the scan, because somebody had received them
     * @param complete whether the scan ended because there were no more letters, not because of its limit
     * @param nextDeleted when SQS deletes the first letter; missing without letters
     */
    public record SnapshotSummary(
            Instant at,
            int letters,
            long about,
            long inFlight,
            boolean complete,
            @Nullable Instant nextDeleted) {

        static SnapshotSummary of(Snapshot snapshot) {
            List<DeadLetter> letters = snapshot.letters();
            return new SnapshotSummary(
                    snapshot.at(),
                    letters.size(),
                    snapshot.about(),
                    snapshot.inFlight(),
                    snapshot.complete(),
                    letters.isEmpty() ? null : letters.getFirst().deletedAt());
        }
    }

    /**
     * The groups of a snapshot, the largest first.
     *
     * @param snapshot what the scan found
     * @param groups letters with the same code and source
     */
    public record LetterGroupList(SnapshotSummary snapshot, List<LetterGroup> groups) {}

    /**
     * Letters with the same code and source.
     *
     * @param code the code; NONE for letters that the worker did not write
     * @param source the source; unknown for letters without one
     * @param count how many there are
     * @param first when the first of them failed
     * @param last when the last of them failed
     * @param nextDeleted when SQS deletes the first of them
     */
    public record LetterGroup(String code, String source, int count, Instant first, Instant last, Instant nextDeleted) {

        static LetterGroup of(Group group) {
            return new LetterGroup(
                    group.code(), group.source(), group.count(), group.first(), group.last(), group.nextDeleted());
        }
    }

    /**
     * Letters of a snapshot; those that SQS deletes first come first.
     *
     * @param snapshot what the scan found
     * @param found how many letters the search found
     * @param letters a page of them
     * @param next what to send as after for the next page; missing on the last page
     */
    public record LetterList(
            SnapshotSummary snapshot,
            int found,
            List<ShownLetter> letters,
            @Nullable String next) {}

    /** Lists the dead-letter queues. */
    @GetMapping
    DeadLetterQueueList deadLetterQueues() {
        return new DeadLetterQueueList(
                queues.all().stream().map(DeadLetterApi::described).toList());
    }

    /** Describes a dead-letter queue. */
    @GetMapping("/{queue}")
    DeadLetterQueue deadLetterQueue(@PathVariable String queue) {
        return described(find(queue));
    }

    /** Lists the groups of a queue's snapshot. */
    @GetMapping("/{queue}/groups")
    LetterGroupList letterGroups(@PathVariable String queue) {
        Snapshot snapshot = snapshot(queue);
        return new LetterGroupList(
                SnapshotSummary.of(snapshot),
                snapshot.groups().stream().map(LetterGroup::of).toList());
    }

    /**
     * Searches the letters of a queue's snapshot.
     *
     * @param text a part of any text of the letter, such as a request id
     * @param code the code of a group
     * @param source the source of a group
     */
    @GetMapping("/{queue}/letters")
    LetterList letters(
            @PathVariable String queue,
            @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String after,
            Operator operator) {
        Paging paging = new Paging(limit, after);
        Snapshot snapshot = snapshot(queue);
        List<DeadLetter> found =
                snapshot.search(new Search(text, code, source), shown -> Masks.forReader(operator, shown));
        Paging.Page<DeadLetter> page = paging.of(found, DeadLetter::messageId);
        return new LetterList(
                SnapshotSummary.of(snapshot),
                found.size(),
                page.items().stream()
                        .map(letter -> ShownLetter.of(letter, operator))
                        .toList(),
                page.next());
    }

    /** Shows a letter of a queue's snapshot. */
    @GetMapping("/{queue}/letters/{messageId}")
    ShownLetter letter(@PathVariable String queue, @PathVariable String messageId, Operator operator) {
        return snapshot(queue)
                .find(messageId)
                .map(letter -> ShownLetter.of(letter, operator))
                .orElseThrow(() -> new ApiException(
                        ApiProblem.NOT_FOUND,
                        "The last scan of %s has not found this letter; /ops/api/dead-letters/%s/letters lists all"
                                .formatted(queue, queue)));
    }

    private QueueStatus find(String queue) {
        return queues.find(queue).orElseThrow(DeadLetterApi::noQueue);
    }

    private Snapshot snapshot(String queue) {
        return find(queue)
                .snapshot()
                .orElseThrow(() -> new ApiException(ApiProblem.SCAN_REQUIRED, queue + " has not been scanned yet"));
    }

    static ApiException noQueue() {
        return new ApiException(
                ApiProblem.NOT_FOUND, "There is no dead-letter queue with this name; /ops/api/dead-letters lists all");
    }

    private static DeadLetterQueue described(QueueStatus status) {
        Optional<Depth> depth = status.depth();
        return new DeadLetterQueue(
                status.name(),
                status.queue().source(),
                depth.map(Depth::visible).orElse(null),
                depth.map(Depth::inFlight).orElse(null),
                status.problem().orElse(null),
                status.queue().retention(),
                status.snapshot().map(SnapshotSummary::of).orElse(null),
                status.task().map(Task::id).orElse(null));
    }
}
