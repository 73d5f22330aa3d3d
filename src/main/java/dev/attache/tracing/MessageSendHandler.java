package dev.attache.tracing;

import dev.attache.binder.observation.SendContext;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;

/**
 * Creates the span of a message that is sent. If no message is being handled, as when a sweep or a page publishes an
 * event, the span continues the trace of the request, which the event names.
 */
final class MessageSendHandler extends PropagatingSenderTracingObservationHandler<SendContext> {

    private final Propagator propagator;

    MessageSendHandler(Tracer tracer, Propagator propagator) {
        super(tracer, propagator);
        this.propagator = propagator;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof SendContext;
    }

    @Override
    public Span createSenderSpan(SendContext context) {
        String traceparent = context.traceparent();
        if (traceparent == null || getParentSpan(context) != null) {
            return super.createSenderSpan(context);
        }
        return propagator
                .extract(traceparent, (carrier, key) -> key.equals("traceparent") ? carrier : null)
                .kind(Span.Kind.PRODUCER)
                .start();
    }
}
