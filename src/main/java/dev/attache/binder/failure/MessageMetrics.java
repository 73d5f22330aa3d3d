package dev.attache.binder.failure;

import dev.attache.binder.message.ReceivedMessage;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts the outcomes of messages: the meter {@code <prefix>messages} with the tags {@code queue}, {@code outcome} and
 * {@code code}. The code is {@code none} for all outcomes but {@code rejected}.
 *
 * @param prefix the beginning of the meter's name, such as {@code sqs.}
 */
public record MessageMetrics(MeterRegistry meters, String prefix) {

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
        meters.counter(prefix + "messages", "queue", message.queue().name(), "outcome", outcome, "code", code)
                .increment();
    }
}
