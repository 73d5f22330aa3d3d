package dev.attache.binder.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The meters of an input, with the tag {@code queue}. */
public final class InputMeters {

    private static final String QUEUE = "queue";

    private final BinderMeters meters;

    private final String queue;

    private final KeptTimers attempts;

    private final Timer age;

    private final List<Meter> gauges = new CopyOnWriteArrayList<>();

    InputMeters(BinderMeters meters, String queue) {
        this.meters = meters;
        this.queue = queue;
        this.attempts = new KeptTimers(outcome -> Timer.builder(meters.prefix() + "process")
                .description("one attempt to handle a message, with the publication of its outputs")
                .tags(QUEUE, queue, "outcome", outcome)
                .register(meters.registry()));
        this.age = Timer.builder(meters.prefix() + "message.age")
                .description("from when a message was sent until it was received")
                .tag(QUEUE, queue)
                .register(meters.registry());
    }

    /**
     * An attempt to handle a message has ended.
     *
     * @param outcome a short constant
     * @param since when it began, as {@link System#nanoTime}
     */
    public void processed(String outcome, long since) {
        attempts.record(outcome, since);
    }

    /** @param age from when the message was sent until it was received; negative if the clocks differ */
    public void received(Duration age) {
        this.age.record(age.isNegative() ? Duration.ZERO : age);
    }

    /** The calls about the queue. */
    public CallMeters calls() {
        return meters.calls("sqs", queue);
    }

    /**
     * Registers a gauge, until {@link #remove}.
     *
     * @param name without the prefix
     * @param unit empty for a plain number
     */
    public void gauge(String name, String unit, String description, Supplier<Number> value) {
        gauges.add(Gauge.builder(meters.prefix() + name, value)
                .description(description)
                .baseUnit(unit.isEmpty() ? null : unit)
                .tag(QUEUE, queue)
                .register(meters.registry()));
    }

    /** Removes the gauges: the input does not exist any more. */
    public void remove() {
        gauges.forEach(meters.registry()::remove);
        gauges.clear();
    }
}
