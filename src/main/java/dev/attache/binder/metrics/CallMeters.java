package dev.attache.binder.metrics;

import dev.attache.binder.batch.BatchAnswer;
import dev.attache.binder.batch.BatchCall;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The meters of the calls about one queue or topic: {@code calls}, a timer, and {@code batch.entries}, the number of
 * messages in a call.
 */
public final class CallMeters {

    private final BinderMeters meters;

    private final String service;

    private final String target;

    private final Map<String, KeptTimers> timers = new ConcurrentHashMap<>();

    private final Map<String, DistributionSummary> entries = new ConcurrentHashMap<>();

    CallMeters(BinderMeters meters, String service, String target) {
        this.meters = meters;
        this.service = service;
        this.target = target;
    }

    /** A call that has ended, with its messages or its error. */
    public void ended(String operation, int messages, long since, @Nullable Throwable error) {
        timers(operation).record(outcome(error), since);
        if (error == null && messages > 0) {
            entries(operation).record(messages);
        }
    }

    /** The same call, measured. */
    public <E, R> BatchCall<E, R> measured(String operation, BatchCall<E, R> call) {
        KeptTimers outcomes = timers(operation);
        DistributionSummary sizes = entries(operation);
        return batch -> {
            long since = System.nanoTime();
            sizes.record(batch.size());
            return call.attempt(batch).whenComplete((answer, error) -> outcomes.record(outcome(answer, error), since));
        };
    }

    private KeptTimers timers(String operation) {
        return timers.computeIfAbsent(
                operation,
                name -> new KeptTimers(outcome -> Timer.builder(meters.prefix() + "calls")
                        .description("calls of SQS and SNS")
                        .tags("service", service, "operation", name, "target", target, "outcome", outcome)
                        .register(meters.registry())));
    }

    private DistributionSummary entries(String operation) {
        return entries.computeIfAbsent(
                operation,
                name -> DistributionSummary.builder(meters.prefix() + "batch.entries")
                        .description("messages in a call; receives without messages are not counted")
                        .tags("service", service, "operation", name, "target", target)
                        .register(meters.registry()));
    }

    private String outcome(@Nullable BatchAnswer<?> answer, @Nullable Throwable error) {
        if (error != null || answer == null || answer.refused().isEmpty()) {
            return outcome(error);
        }
        return answer.accepted().isEmpty()
                ? outcome(answer.refused().values().iterator().next())
                : "partial";
    }

    private String outcome(@Nullable Throwable error) {
        return switch (error) {
            case null -> "success";
            case CancellationException cancelled -> "cancelled";
            case Throwable failed -> meters.errorKind().apply(failed);
        };
    }
}
