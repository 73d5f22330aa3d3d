package dev.attache.tracing;

import dev.attache.binder.observation.ErrorWithoutText;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Creates spans by observations.
 *
 * @param registry has the handlers that create spans
 */
record ObservedTraces(ObservationRegistry registry) implements Traces {

    /** Nothing is added to what is sent. */
    private static final class ClientContext extends SenderContext<Object> {

        ClientContext() {
            super((carrier, key, value) -> {}, Kind.CLIENT);
        }
    }

    @Override
    public <T> T client(String name, Map<String, String> attributes, Supplier<T> call) {
        Observation observation =
                Observation.createNotStarted(name, ClientContext::new, registry).contextualName(name);
        attributes.forEach((key, value) -> observation.highCardinalityKeyValue(KeyValue.of(key, value)));
        observation.start();
        try (Observation.Scope scope = observation.openScope()) {
            return call.get();
        } catch (RuntimeException | Error e) {
            String type = e.getClass().getName();
            observation.lowCardinalityKeyValue("error.type", type);
            observation.error(new ErrorWithoutText(type));
            throw e;
        } finally {
            observation.stop();
        }
    }
}
