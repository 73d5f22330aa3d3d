package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.observation.BinderObservations;
import dev.attache.contract.EventType;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Upstream;
import dev.attache.sandbox.Upstream.ReadMessage;
import dev.attache.tracing.Traces;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A worker without an endpoint for traces, as it is by default. */
@SandboxTest
class NoTracesIT {

    @Autowired
    ApplicationContext worker;

    @Autowired
    Upstream upstream;

    @Test
    void thereIsNothingThatCreatesOrExportsSpans() {
        assertThat(worker.getBeanNamesForType(OpenTelemetry.class)).isEmpty();
        assertThat(worker.getBeanNamesForType(Tracer.class)).isEmpty();
        assertThat(worker.getBeanNamesForType(SpanProcessor.class)).isEmpty();
        assertThat(worker.getBeanNamesForType(SpanExporter.class)).isEmpty();
        assertThat(worker.getBean(Traces.class)).isSameAs(Traces.NONE);
        assertThat(worker.getBean(BinderObservations.class)).isSameAs(BinderObservations.NONE);
    }

    @Test
    void eventsAndTheirAttributesKeepTheTraceContextOfTheRequest() {
        String id = Events.newId();
        String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        upstream.send(
                "attachment-requests",
                Events.attachmentRequested(id, "desk", """
                    {"direction":"download","channel":"event","attachment":{"key":"downloads/crm/contract-4711.pdf"}}\
                    """)
                        .replace("\"data\":", "\"traceparent\":\"" + traceparent + "\",\"data\":"));

        ReadMessage message = upstream.awaitContaining("deliveries-inbox", id);
        assertThat(Events.read(message, EventType.LINK_ISSUED).traceparent()).isEqualTo(traceparent);
        assertThat(message.attributes()).containsEntry("traceparent", traceparent);
    }
}
