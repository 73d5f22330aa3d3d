package dev.attache.binder.inbound;

import dev.attache.binder.gate.Gate;
import dev.attache.binder.metrics.InputMeters;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Registers the gauges of an input. They read its state when they are scraped. */
final class InputGauges {

    private static final String SECONDS = "seconds";

    private final InputMeters meters;

    private final Supplier<InputStatus> status;

    private final ReceivedBytes bytes;

    InputGauges(InputMeters meters, Supplier<InputStatus> status, ReceivedBytes bytes) {
        this.meters = meters;
        this.status = status;
        this.bytes = bytes;
    }

    void register() {
        gauge("input.in.flight", "", "messages in flight", InputStatus::inFlight);
        meters.gauge(
                "input.reserved",
                "bytes",
                "memory of messages in flight, and of those that receives in flight may return",
                bytes::taken);
        gauge("input.gate", "", "0: open, 1: probing, 2: closed", input -> number(input.gate()));
        gauge("input.paused", "", "1: the input was paused and receives nothing", input -> input.paused() ? 1 : 0);
        gauge("input.running", "", "1: the input is started", input -> input.running() ? 1 : 0);
        gauge(
                "input.poll.unanswered",
                SECONDS,
                "since when the input may receive, and no receive has succeeded",
                input -> seconds(input.unansweredSince(), input.at()));
        gauge(
                "input.oldest.in.flight",
                SECONDS,
                "the age of the oldest message in flight, since it was sent",
                input -> seconds(input.oldestInFlightSent(), input.at()));
    }

    private void gauge(String name, String unit, String description, ToDoubleFunction<InputStatus> value) {
        meters.gauge(name, unit, description, () -> value.applyAsDouble(status.get()));
    }

    private static int number(Gate.State gate) {
        return switch (gate) {
            case OPEN -> 0;
            case PROBING -> 1;
            case CLOSED -> 2;
        };
    }

    /** 0 if there is no beginning. */
    private static double seconds(@Nullable Instant since, Instant now) {
        return since == null ? 0 : Math.max(0, Duration.between(since, now).toMillis() / 1000.0);
    }
}
