package dev.attache.console.web;

import dev.attache.queues.Depth;
import dev.attache.queues.InputState;
import dev.attache.queues.QueueState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows of one queue.
 *
 * @param source the queue whose dead letters it holds, or what it is for
 * @param waiting messages that can be received, or will be later; null if unknown
 * @param oldest when the oldest message in flight here was sent; null if there is none
 * @param receivedPerSecond what this process received; null if its input is in another one
 * @param handledPerSecond the same for what was handled
 * @param deadLetters messages in its dead-letter queue, also those that somebody looks at; null if unknown
 * @param paused whether it is paused on all workers
 */
public record QueueRow(
        String name,
        String source,
        @Nullable Long waiting,
        @Nullable Long inFlight,
        @Nullable Instant oldest,
        @Nullable Double receivedPerSecond,
        @Nullable Double handledPerSecond,
        @Nullable String deadLetterQueue,
        @Nullable Long deadLetters,
        Sparkline history,
        boolean paused,
        State state) {

    /**
     * The state in words.
     *
     * @param severity {@code good}, {@code warn}, {@code bad} or empty
     */
    public record State(String severity, String text, List<String> details) {

        static State of(String severity, String text, @Nullable String... details) {
            List<String> known = new ArrayList<>();
            for (String detail : details) {
                if (detail != null) {
                    known.add(detail);
                }
            }
            return new State(severity, text, List.copyOf(known));
        }
    }

    /** Whether it is known to have no messages. */
    boolean isEmpty() {
        return Objects.equals(waiting, 0L) && Objects.equals(inFlight, 0L);
    }

    /** @param depths the depth of each queue that is known */
    static QueueRow of(QueueState queue, State state, Map<String, Depth> depths) {
        Depth depth = queue.depth();
        InputState input = queue.input();
        String deadLetterQueue = queue.queue().deadLetters();
        Depth letters = deadLetterQueue == null ? null : depths.get(deadLetterQueue);
        String source = queue.queue().source();
        return new QueueRow(
                queue.queue().name(),
                source == null ? "mails that SNS could not deliver" : source,
                depth == null ? null : depth.visible() + depth.delayed(),
                depth == null ? null : depth.inFlight(),
                input == null ? null : input.oldestSent(),
                input == null ? null : input.receivedPerSecond(),
                input == null ? null : input.handledPerSecond(),
                deadLetterQueue,
                letters == null ? null : letters.total(),
                Sparkline.of(queue.history()),
                queue.paused() != null,
                state);
    }
}
