package dev.attache.queues;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A queue that this installation uses.
 *
 * @param url the URL of the queue; its name if SQS has not answered yet
 * @param source the queue whose dead letters it contains; null for all other kinds
 * @param deadLetters the dead-letter queue of an input, by its redrive policy; null if it has none or is no input
 * @param retention how long SQS keeps a message; {@link #DEFAULT_RETENTION} if it may not be read
 */
public record KnownQueue(
        String name,
        String url,
        Kind kind,
        @Nullable String source,
        @Nullable String deadLetters,
        Duration retention) {

    /** What SQS uses for a queue that states nothing ("SetQueueAttributes", {@code MessageRetentionPeriod}). */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(4);

    /** What a queue is for. */
    public enum Kind {
        /** The workers of this installation receive from it. */
        INPUT,
        /** The dead-letter queue of an input. */
        DEAD_LETTERS,
        /** Contains messages that SNS could not deliver to an input. */
        UNDELIVERED
    }

    /** Whether its messages need an operator. */
    public boolean holdsDeadLetters() {
        return kind != Kind.INPUT;
    }
}
