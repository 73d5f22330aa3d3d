package dev.attache.binder;

import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.cloud.stream.config.BindingHandlerAdvise.MappingsProvider;
import org.springframework.context.annotation.Bean;

/**
 * What the binder needs in the application's own context; the binder itself is in a context of its own
 * ({@link SqsBinderConfiguration}). Registered in
 * {@code META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports}.
 */
@AutoConfiguration
class SqsBinderAutoConfiguration {

    @Bean
    BoundInputs sqsInputs() {
        return new BoundInputs();
    }

    /** Applies {@code spring.cloud.stream.sqs.default} to bindings with settings of their own as well. */
    @Bean
    MappingsProvider sqsDefaults() {
        return () -> Map.of(
                ConfigurationPropertyName.of("spring.cloud.stream.sqs.bindings"),
                ConfigurationPropertyName.of("spring.cloud.stream.sqs.default"));
    }
}
