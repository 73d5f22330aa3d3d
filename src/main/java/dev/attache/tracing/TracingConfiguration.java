package dev.attache.tracing;

import dev.attache.binder.observation.BinderObservations;
import dev.attache.contract.EventCodec;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Traces of messages, exported with OTLP. Without an endpoint there are no spans, no threads and no connections.
 *
 * <p>The spans have a registry of their own. Spring's one would also create spans of the pages' requests: their
 * addresses are secrets, and their headers are anyone's.
 */
@Configuration(proxyBeanMethods = false)
class TracingConfiguration {

    /**
     * With Spring Boot's tracing, in the order in which Spring Boot would configure it. {@code AttacheApplication}
     * excludes it, because it would be active without an endpoint as well. {@code @ImportAutoConfiguration} would be
     * subject to the same exclusion.
     */
    @Configuration(proxyBeanMethods = false)
    @Conditional(EndpointConfigured.class)
    @Import({
        OpenTelemetrySdkAutoConfiguration.class,
        OpenTelemetryTracingAutoConfiguration.class,
        OtlpTracingAutoConfiguration.class
    })
    static class Exported {

        @Bean
        ObservedTraces observedTraces(Tracer tracer, Propagator propagator) {
            ObservationRegistry registry = ObservationRegistry.create();
            registry.observationConfig()
                    .observationHandler(new FirstMatchingCompositeObservationHandler(
                            new MessageSendHandler(tracer, propagator),
                            new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
                            new PropagatingReceiverTracingObservationHandler<>(tracer, propagator),
                            new DefaultTracingObservationHandler(tracer)));
            return new ObservedTraces(registry);
        }

        @Bean
        BinderObservations binderObservations(ObservedTraces traces, EventCodec codec) {
            return new BinderObservations(
                    traces.registry(), body -> codec.traceparentOf(body.getBytes(StandardCharsets.UTF_8)));
        }

        /** An idle input polls several times a minute. */
        @Bean
        SpanExportingPredicate noEmptyPolls() {
            return span -> !"0".equals(span.getTags().get("messaging.batch.message_count"));
        }
    }

    @Bean
    @ConditionalOnMissingBean
    Traces traces() {
        return Traces.NONE;
    }

    @Bean
    @ConditionalOnMissingBean
    BinderObservations unobserved() {
        return BinderObservations.NONE;
    }
}
