package dev.attache.contract.json;

import dev.attache.contract.EventCodec;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Replaces the codec of every Spring Boot application that is started with the test class path, the sandbox included,
 * by a {@link ValidatingEventCodec}. Registered in {@code META-INF/spring.factories} of the tests.
 */
final class ValidatingEventCodecInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {

            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof EventCodec codec ? new ValidatingEventCodec(codec) : bean;
            }
        });
    }
}
