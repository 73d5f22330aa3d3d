package dev.attache.binder.failure;

import dev.attache.binder.message.ReceivedMessage;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what became of messages: the meter {@code attache.messages}, by queue, outcome and, for rejected ones, code.
 *
 * @param meters where it is counted
 */
public record MessageMetrics(MeterRegistry meters) {

    public void handled(ReceivedMessage message) {
        count(message, "handled", "none");
    }

    public void rejected(ReceivedMessage message, Failure.Rejected rejected) {
        count(message, "rejected", rejected.code());
    }

    public void retried(ReceivedMessage message) {
        count(message, "retried", "none");
    }

    /** It is released because a service has been down for long. */
    public void released(ReceivedMessage message) {
        count(message, "released", "none");
    }

    /** It failed unexpectedly, and is retried as well. */
    public void bug(ReceivedMessage message) {
        count(message, "bug", "none");
    }

    private void count(ReceivedMessage message, String outcome, String code) {
        meters.counter("attache.messages", "queue", message.queue().name(), "outcome", outcome, "code", code)
                .increment();
    }
}
