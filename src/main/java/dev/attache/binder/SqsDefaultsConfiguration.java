package dev.attache.binder;

import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.cloud.stream.config.BindingHandlerAdvise.MappingsProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Lets {@code spring.cloud.stream.sqs.default} hold for bindings that have settings of their own too. It has to be in
 * the application's own context, where Spring Cloud Stream looks for it.
 */
@Configuration(proxyBeanMethods = false)
class SqsDefaultsConfiguration {

    @Bean
    MappingsProvider sqsDefaults() {
        return () -> Map.of(
                ConfigurationPropertyName.of("spring.cloud.stream.sqs.bindings"),
                ConfigurationPropertyName.of("spring.cloud.stream.sqs.default"));
    }
}
