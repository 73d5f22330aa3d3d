package dev.attache.queues.sampling;

import dev.attache.queues.Depth;
import dev.attache.queues.KnownQueue;
import dev.attache.queues.Sample;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Samples the depths of all queues at once. A queue that cannot be read does not delay or hide the others: it has a
 * problem, which is logged once, and keeps its last known depth for {@link #REMEMBERED}.
 */
final class QueueSampler {

    /** An older depth is unknown. */
    static final Duration REMEMBERED = Duration.ofMinutes(5);

    private static final Logger log = LoggerFactory.getLogger(QueueSampler.class);

    private final DiscoveredQueues catalog;

    private final QueueReader reader;

    private final QueueMeters meters;

    private final Clock clock;

    /** By name of the queue. */
    private final Map<String, Sampled> sampled = new ConcurrentHashMap<>();

    private final Map<String, QueueHistory> histories = new ConcurrentHashMap<>();

    /**
     * The result of the last sample.
     *
     * @param depth the last known depth
     * @param depthAt when that was
     * @param at when a sample was last tried
     */
    record Sampled(
            @Nullable Depth depth,
            @Nullable Instant depthAt,
            @Nullable String problem,
            Instant at) {

        @Nullable
        Depth depthAt(Instant now) {
            return depthAt == null || depthAt.plus(REMEMBERED).isBefore(now) ? null : depth;
        }
    }

    QueueSampler(DiscoveredQueues catalog, QueueReader reader, QueueMeters meters, Clock clock) {
        this.catalog = catalog;
        this.reader = reader;
        this.meters = meters;
        this.clock = clock;
    }

    /** Samples all queues, also those that are discovered meanwhile. Returns when all have answered or failed. */
    void sample() {
        Set<String> done = new HashSet<>();
        List<KnownQueue> next = catalog.all();
        while (!next.isEmpty()) {
            atOnce(next, this::sample);
            next.forEach(queue -> done.add(queue.name()));
            next = catalog.all().stream()
                    .filter(queue -> !done.contains(queue.name()))
                    .toList();
        }
        meters.show(catalog.all(), this::depth);
    }

    private static void atOnce(List<KnownQueue> queues, Consumer<KnownQueue> sample) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            queues.forEach(queue -> threads.execute(() -> sample.accept(queue)));
        }
    }

    private void sample(KnownQueue queue) {
        Sampled before = sampled.get(queue.name());
        try {
            QueueReading reading = reader.read(queue, catalog.account(queue.name()));
            Instant now = clock.instant();
            catalog.learned(queue.name(), reading);
            histories
                    .computeIfAbsent(queue.name(), any -> new QueueHistory())
                    .add(new Sample(
                            now, reading.depth().visible(), reading.depth().inFlight()));
            sampled.put(queue.name(), new Sampled(reading.depth(), now, null, now));
            meters.sampled(queue.name());
            if (before != null && before.problem() != null) {
                log.info("The depth of queue {} is known again", queue.name());
            }
        } catch (AbortedException stopping) {
            log.debug("The sample of queue {} was interrupted", queue.name());
        } catch (RuntimeException e) {
            failed(queue.name(), before, QueueReader.problem(e));
        }
    }

    private void failed(String queue, @Nullable Sampled before, String problem) {
        Instant now = clock.instant();
        sampled.put(
                queue,
                before == null
                        ? new Sampled(null, null, problem, now)
                        : new Sampled(before.depth(), before.depthAt(), problem, now));
        meters.failed(queue);
        if (before == null || before.problem() == null) {
            log.warn("The depth of queue {} is not known. {}", queue, problem);
        }
    }

    /** The depth of a queue; null if it is not known. */
    @Nullable
    Depth depth(String queue) {
        Sampled last = sampled.get(queue);
        return last == null ? null : last.depthAt(clock.instant());
    }

    /** The result of the last sample; null if there was none. */
    @Nullable
    Sampled last(String queue) {
        return sampled.get(queue);
    }

    List<Sample> history(String queue) {
        QueueHistory history = histories.get(queue);
        return history == null ? List.of() : history.samples();
    }
}
