package dev.attache.tracing;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Whether there is an address to export spans to. An empty value counts as none. */
final class EndpointConfigured implements Condition {

    /** Spring Boot also sets it from {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
    static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return StringUtils.hasText(context.getEnvironment().getProperty(ENDPOINT));
    }
}
