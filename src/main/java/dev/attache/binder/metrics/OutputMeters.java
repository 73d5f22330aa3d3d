package dev.attache.binder.metrics;

import io.micrometer.core.instrument.Timer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The meters of an output, with the tag {@code destination}. */
public final class OutputMeters {

    private final BinderMeters meters;

    private final KeptTimers publications;

    OutputMeters(BinderMeters meters, String destination) {
        this.meters = meters;
        this.publications = new KeptTimers(outcome -> Timer.builder(meters.prefix() + "publish")
                .description("from when a message was given to an output until AWS accepted it, waiting for a batch"
                        + " included")
                .tags("destination", destination, "outcome", outcome)
                .register(meters.registry()));
    }

    /** Measures a publication that begins now. */
    public void measure(CompletableFuture<?> publication) {
        long since = System.nanoTime();
        var _ = publication.whenComplete((done, error) -> publications.record(outcome(error), since));
    }

    private String outcome(@Nullable Throwable error) {
        return switch (error) {
            case null -> "published";
            case CancellationException cancelled -> "cancelled";
            case Throwable failed -> meters.errorKind().apply(failed);
        };
    }
}
