package dev.attache.queues.sampling;

import dev.attache.queues.InputState;
import dev.attache.queues.KnownQueue;
import dev.attache.queues.PauseFlags;
import dev.attache.queues.QueueCatalog;
import dev.attache.queues.QueueMonitor;
import dev.attache.queues.QueueState;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Combines the samples of the queues with the states of this worker's inputs and the pauses on all workers. */
final class SampledQueues implements QueueMonitor {

    private final QueueCatalog catalog;

    private final QueueSampler sampler;

    private final InputStates inputs;

    private final PauseFlags pauses;

    private final Clock clock;

    SampledQueues(QueueCatalog catalog, QueueSampler sampler, InputStates inputs, PauseFlags pauses, Clock clock) {
        this.catalog = catalog;
        this.sampler = sampler;
        this.inputs = inputs;
        this.pauses = pauses;
        this.clock = clock;
    }

    @Override
    public List<QueueState> states() {
        Map<String, InputState> states = inputs.now();
        Map<String, PauseFlags.Pause> paused = pauses.all();
        return catalog.all().stream()
                .map(queue -> state(queue, states.get(queue.name()), paused.get(queue.name())))
                .toList();
    }

    private QueueState state(KnownQueue queue, @Nullable InputState input, PauseFlags.@Nullable Pause paused) {
        QueueSampler.Sampled last = sampler.last(queue.name());
        return new QueueState(
                queue,
                sampler.depth(queue.name()),
                last == null ? "The queue has not been sampled yet." : last.problem(),
                last == null ? clock.instant() : last.at(),
                sampler.history(queue.name()),
                input,
                paused);
    }
}
