package dev.attache.queues.sampling;

import dev.attache.queues.Depth;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a queue.
 *
 * @param deadLetters the name of its dead-letter queue; null if it has none
 */
record QueueReading(String url, Depth depth, @Nullable String deadLetters, Duration retention) {}
