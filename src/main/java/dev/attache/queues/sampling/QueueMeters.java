package dev.attache.queues.sampling;

import dev.attache.queues.Depth;
import dev.attache.queues.KnownQueue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The meters of the depths: {@code attache.queue.messages}, {@code attache.dead.letters} and
 * {@code attache.queue.samples}. A depth that is not known is NaN.
 */
final class QueueMeters {

    private static final Map<String, ToLongFunction<Depth>> STATES =
            Map.of("visible", Depth::visible, "in-flight", Depth::inFlight, "delayed", Depth::delayed);

    private final MeterRegistry meters;

    private final MultiGauge messages;

    private final MultiGauge deadLetters;

    QueueMeters(MeterRegistry meters) {
        this.meters = meters;
        this.messages = MultiGauge.builder("attache.queue.messages")
                .description("approximate number of messages in a queue")
                .register(meters);
        this.deadLetters = MultiGauge.builder("attache.dead.letters")
                .description("messages that need an operator, visible or not")
                .register(meters);
    }

    /** Registers gauges for these queues, and removes those of others. */
    void show(List<KnownQueue> queues, Function<String, @Nullable Depth> depth) {
        List<MultiGauge.Row<?>> ofStates = new ArrayList<>();
        List<MultiGauge.Row<?>> ofDeadLetters = new ArrayList<>();
        for (KnownQueue queue : queues) {
            STATES.forEach((state, number) -> ofStates.add(MultiGauge.Row.of(
                    Tags.of("queue", queue.name(), "kind", kind(queue), "state", state),
                    () -> number(depth.apply(queue.name()), number))));
            if (queue.holdsDeadLetters()) {
                ofDeadLetters.add(MultiGauge.Row.of(
                        Tags.of("queue", queue.name(), "kind", kind(queue)),
                        () -> number(depth.apply(queue.name()), Depth::total)));
            }
        }
        messages.register(ofStates);
        deadLetters.register(ofDeadLetters);
    }

    private static double number(@Nullable Depth depth, ToLongFunction<Depth> number) {
        return depth == null ? Double.NaN : number.applyAsLong(depth);
    }

    private static String kind(KnownQueue queue) {
        return switch (queue.kind()) {
            case INPUT -> "input";
            case DEAD_LETTERS -> "dead-letters";
            case UNDELIVERED -> "undelivered";
        };
    }

    void sampled(String queue) {
        samples(queue, "ok").increment();
    }

    void failed(String queue) {
        samples(queue, "failed").increment();
    }

    private Counter samples(String queue, String outcome) {
        return Counter.builder("attache.queue.samples")
                .description("samples of the depth of a queue")
                .tags("queue", queue, "outcome", outcome)
                .register(meters);
    }
}
