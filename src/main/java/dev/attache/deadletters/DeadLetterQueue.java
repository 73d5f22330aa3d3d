package dev.attache.deadletters;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A dead-letter queue, as its letters are read.
 *
 * @param source the queue whose dead letters it contains; null if it has several
 * @param retention how long SQS keeps its messages
 */
public record DeadLetterQueue(String name, @Nullable String source, Duration retention) {}
