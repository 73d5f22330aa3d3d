package dev.attache.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.observation.BinderObservations;
import dev.attache.binder.observation.MessagingSystem;
import dev.attache.contract.EventCodec;
import dev.attache.contract.json.ValidatingEventCodec;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EndpointConfiguredTests {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withUserConfiguration(TracingConfiguration.class)
            .withBean(EventCodec.class, ValidatingEventCodec::new);

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void anEmptyEndpointIsNone(String endpoint) {
        context.withPropertyValues(EndpointConfigured.ENDPOINT + "=" + endpoint)
                .run(started -> assertThat(started)
                        .hasNotFailed()
                        .doesNotHaveBean(Tracer.class)
                        .doesNotHaveBean(SpanExporter.class)
                        .getBean(Traces.class)
                        .isSameAs(Traces.NONE));
    }

    @Test
    void anEndpointHasAnExporter() {
        context.withPropertyValues(EndpointConfigured.ENDPOINT + "=http://localhost:1/v1/traces")
                .run(started -> assertThat(started)
                        .hasNotFailed()
                        .hasSingleBean(Tracer.class)
                        .hasSingleBean(SpanExporter.class)
                        .getBean(Traces.class)
                        .isInstanceOf(ObservedTraces.class));
    }

    @Test
    void messagesDoNotWaitForACollectorThatDoesNotAnswer() {
        context.withPropertyValues(EndpointConfigured.ENDPOINT + "=http://localhost:1/v1/traces")
                .run(started -> {
                    BinderObservations observations = started.getBean(BinderObservations.class);
                    Map<String, String> attributes = new HashMap<>();

                    observations
                            .send(MessagingSystem.SQS, "orders", attributes, null)
                            .sent("m-1");

                    assertThat(attributes).containsKey("traceparent");
                });
    }
}
