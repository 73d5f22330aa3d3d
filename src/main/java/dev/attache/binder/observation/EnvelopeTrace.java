package dev.attache.binder.observation;

import org.jspecify.annotations.Nullable;

/**
 * Reads the sender's trace context from the body of a message that has no attribute {@code traceparent}. It is called
 * only while messages are traced.
 */
@FunctionalInterface
public interface EnvelopeTrace {

    /** Bodies are not read. */
    EnvelopeTrace NONE = body -> null;

    /**
     * Returns a trace context in the form of the header {@code traceparent} (W3C Recommendation "Trace Context"); null
     * if the body has none. Never throws.
     */
    @Nullable
    String traceparentOf(String body);
}
