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

    /** It goes back because a service is down. */
    void wentBack(ReceivedMessage message) {
        count(message, "went-back", "none");
    }

    /** It met a bug of ours, and is retried as well. */
    void bug(ReceivedMessage message) {
        count(message, "bug", "none");
    }

    private void count(ReceivedMessage message, String outcome, String code) {
        meters.counter("attache.messages", "queue", message.queue().name(), "outcome", outcome, "code", code).increment();
    }
}
