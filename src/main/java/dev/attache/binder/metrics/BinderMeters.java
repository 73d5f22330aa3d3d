package dev.attache.binder.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.function.Function;

/**
 * Creates the meters of inputs, outputs and calls.
 *
 * @param prefix the beginning of the meters' names, such as {@code sqs.}
 * @param errorKind a short constant for the exception of a call: a value of the tag {@code outcome}
 */
public record BinderMeters(MeterRegistry registry, String prefix, Function<Throwable, String> errorKind) {

    /** Meters that nobody sees. */
    public static final BinderMeters NONE = new BinderMeters(new CompositeMeterRegistry(), "sqs.", error -> "failed");

    public InputMeters input(String queue) {
        return new InputMeters(this, queue);
    }

    public OutputMeters output(String destination) {
        return new OutputMeters(this, destination);
    }

    /**
     * The calls about one queue or topic.
     *
     * @param service {@code sqs} or {@code sns}
     */
    public CallMeters calls(String service, String target) {
        return new CallMeters(this, service, target);
    }
}
