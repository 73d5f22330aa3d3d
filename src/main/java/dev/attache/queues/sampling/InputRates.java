package dev.attache.queues.sampling;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Messages per second of each input, from the binder's counter of outcomes, on average of the last minute. */
final class InputRates {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** Of the counter's tag {@code outcome}. An unexpected failure is counted in addition to one of these. */
    private static final Set<String> ENDED = Set.of("handled", "rejected");

    private static final Set<String> REPEATED = Set.of("retried", "released");

    private final MeterRegistry meters;

    /** The name of the binder's counter. */
    private final String counter;

    private final Clock clock;

    private final Map<String, Deque<Counts>> counts = new ConcurrentHashMap<>();

    private record Counts(Instant at, double attempts, double handled) {}

    /**
     * Messages per second.
     *
     * @param attempted with any result
     * @param handled that were handled or dead-lettered, and so have left the queue
     */
    record Rate(double attempted, double handled) {

        static final Rate NONE = new Rate(0, 0);
    }

    InputRates(MeterRegistry meters, String counter, Clock clock) {
        this.meters = meters;
        this.counter = counter;
        this.clock = clock;
    }

    /** Has to be called at an interval of a few seconds. */
    void count(Iterable<String> queues) {
        Instant now = clock.instant();
        queues.forEach(queue -> {
            double handled = sum(queue, ENDED);
            Counts latest = new Counts(now, handled + sum(queue, REPEATED), handled);
            Deque<Counts> ofQueue = counts.computeIfAbsent(queue, any -> new ArrayDeque<>());
            synchronized (ofQueue) {
                ofQueue.addLast(latest);
                while (ofQueue.size() > 2 && ofQueue.getFirst().at().isBefore(now.minus(WINDOW))) {
                    ofQueue.removeFirst();
                }
            }
        });
    }

    private double sum(String queue, Set<String> outcomes) {
        return outcomes.stream()
                .flatMap(
                        outcome -> meters.find(counter).tag("queue", queue).tag("outcome", outcome).counters().stream())
                .mapToDouble(Counter::count)
                .sum();
    }

    Rate of(String queue) {
        @Nullable Deque<Counts> ofQueue = counts.get(queue);
        if (ofQueue == null) {
            return Rate.NONE;
        }
        synchronized (ofQueue) {
            Counts first = ofQueue.getFirst();
            Counts last = ofQueue.getLast();
            double seconds = Duration.between(first.at(), last.at()).toMillis() / 1000.0;
            return seconds <= 0
                    ? Rate.NONE
                    : new Rate(
                            (last.attempts() - first.attempts()) / seconds,
                            (last.handled() - first.handled()) / seconds);
        }
    }
}
