package dev.attache.queues;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The queues that the settings name. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QueuesProperties.class)
class QueuesConfiguration {

    @Bean
    BoundQueues boundQueues(BindingServiceProperties bindings) {
        return BoundQueues.of(bindings);
    }
}
