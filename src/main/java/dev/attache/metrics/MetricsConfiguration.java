package dev.attache.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.config.GlobalChannelInterceptor;

/** The meters that count published events. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    /** The outputs only: each inbound message passes through a channel as well. */
    @Bean
    @GlobalChannelInterceptor(patterns = {"*-out-*", "deliveries", "attachmentEvents"})
    PublishedEventMeters publishedEventMeters(MeterRegistry meters) {
        return new PublishedEventMeters(meters);
    }
}
