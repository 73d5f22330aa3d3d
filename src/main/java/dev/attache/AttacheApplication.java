package dev.attache;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration;

/** Starts the worker. {@code TracingConfiguration} imports what it needs of Spring Boot's tracing. */
@SpringBootApplication(
        exclude = {
            MicrometerTracingAutoConfiguration.class,
            NoopTracerAutoConfiguration.class,
            OpenTelemetryLoggingAutoConfiguration.class,
            OpenTelemetrySdkAutoConfiguration.class,
            OpenTelemetryTracingAutoConfiguration.class,
            OtlpLoggingAutoConfiguration.class,
            OtlpTracingAutoConfiguration.class
        })
@ConfigurationPropertiesScan
public class AttacheApplication {

    public static void main(String[] args) {
        SpringApplication.run(AttacheApplication.class, args);
    }
}
