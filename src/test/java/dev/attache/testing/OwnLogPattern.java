package dev.attache.testing;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.support.EnvironmentPostProcessorApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Removes the log pattern that Spring Cloud Stream's support for tests of binders sets for every application on its
 * class path: the sandbox logs as the worker does. Runs after the environment is complete and before logging starts.
 */
final class OwnLogPattern implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        event.getEnvironment().getPropertySources().remove("binderTestPropertiesConfig");
    }

    @Override
    public int getOrder() {
        return EnvironmentPostProcessorApplicationListener.DEFAULT_ORDER + 1;
    }
}
