package dev.attache.binder.failure;

import dev.attache.binder.message.ReceivedMessage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the outcomes of messages: the meter {@code <prefix>messages} with the tags {@code queue}, {@code outcome} and
 * {@code code}. The code is {@code none} for all outcomes but {@code rejected}.
 */
public final class MessageMetrics {

    private final MeterRegistry meters;

    private final String prefix;

    /** A registry would build and compare the tags at each lookup. */
    private final Map<Tags, Counter> counters = new ConcurrentHashMap<>();

    private record Tags(String queue, String outcome, String code) {}

    /** @param prefix the beginning of the meter's name, such as {@code sqs.} */
    public MessageMetrics(MeterRegistry meters, String prefix) {
        this.meters = meters;
        this.prefix = prefix;
    }

    public void handled(ReceivedMessage message) {
        count(message, "handled", "none");
    }

    public void rejected(ReceivedMessage message, Failure.Rejected rejected) {
        count(message, "rejected", rejected.code());
    }

    public void retried(ReceivedMessage message) {
        count(message, "retried", "none");
    }

    /** Released because a service was down for a long time. */
    public void released(ReceivedMessage message) {
        count(message, "released", "none");
    }

    /** Counted in addition to the outcome of the attempt. */
    public void failedUnexpectedly(ReceivedMessage message) {
        count(message, "failed-unexpectedly", "none");
    }

    private void count(ReceivedMessage message, String outcome, String code) {
        counters.computeIfAbsent(new Tags(message.queue().name(), outcome, code), this::counter)
                .increment();
    }

    private Counter counter(Tags tags) {
        return meters.counter(
                prefix + "messages", "queue", tags.queue(), "outcome", tags.outcome(), "code", tags.code());
    }
}
