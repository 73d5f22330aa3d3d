package dev.attache.binder;

import dev.attache.binder.health.InputsHealth;
import dev.attache.binder.settings.SqsBinderProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * The binder's health, if the application has Spring Boot's health. Spring Cloud Stream adds it to the component
 * {@code binders}, under the name of the binder. Like {@link SqsBinderConfiguration} not a {@code @Configuration}.
 */
@ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
class SqsBinderHealthConfiguration {

    @Bean
    InputsHealth sqsInputsHealth(SqsBinder binder, SqsBinderProperties properties) {
        return new InputsHealth(binder::inputs, properties.pollOverdueAfter());
    }
}
