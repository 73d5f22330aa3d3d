package dev.attache.queues;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue at the time of the last sample.
 *
 * @param depth the last known depth; null if no sample has succeeded
 * @param problem why the last sample failed, in one sentence; null if it succeeded
 * @param at the time of the last attempt to sample it; the time of the call if there was none
 * @param history the samples of the last hour, the oldest first: each of the last ten minutes, before that one a minute
 * @param input this process's input; null if it has none of this queue
 * @param paused the pause on all workers; null if there is none
 */
public record QueueState(
        KnownQueue queue,
        @Nullable Depth depth,
        @Nullable String problem,
        Instant at,
        List<Sample> history,
        @Nullable InputState input,
        PauseFlags.@Nullable Pause paused) {}
