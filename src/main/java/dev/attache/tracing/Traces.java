package dev.attache.tracing;

import java.util.Map;
import java.util.function.Supplier;

/** Adds spans to the trace of the message that the current thread handles. */
public interface Traces {

    /** Adds no spans. */
    Traces NONE = new Traces() {
        @Override
        public <T> T client(String name, Map<String, String> attributes, Supplier<T> call) {
            return call.get();
        }
    };

    /**
     * Calls another system in a span of the kind {@code CLIENT}.
     *
     * @param name the span's name
     * @param attributes the span's attributes: no addresses, URLs or keys of objects
     * @return the result of the call
     */
    <T> T client(String name, Map<String, String> attributes, Supplier<T> call);
}
