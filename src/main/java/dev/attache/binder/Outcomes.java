package dev.attache.binder;

import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what became of messages: the meter {@code attache.messages}, by queue, outcome and, for rejected ones, code.
 *
 * @param meters where it is counted
 */
record Outcomes(MeterRegistry meters) {

    void handled(ReceivedMessage message) {
        count(message, "handled", "none");
    }

    void rejected(ReceivedMessage message, Failure.Rejected rejected) {
        count(message, "rejected", rejected.code());
    }

    void retried(ReceivedMessage message) {
        count(message, "retried", "none");
    }

    /** It is released because a service has been down for long. */
    void released(ReceivedMessage message) {
        count(message, "released", "none");
    }

    /** It failed unexpectedly, and is retried as well. */
    void bug(ReceivedMessage message) {
        count(message, "bug", "none");
    }

    private void count(ReceivedMessage message, String outcome, String code) {
        meters.counter("attache.messages", "queue", message.queue().name(), "outcome", outcome, "code", code).increment();
    }
}
