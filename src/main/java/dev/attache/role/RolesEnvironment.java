package dev.attache.role;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Checks {@code attache.roles}, and sets what other libraries have settings for: without the role worker there is no
 * function that could be bound to an input, without the role pages no public port. These settings win over all others.
 * Registered in {@code META-INF/spring.factories}.
 */
class RolesEnvironment implements EnvironmentPostProcessor, Ordered {

    /** The name of the settings' source. */
    static final String SOURCE = "attacheRoles";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, Object> settings = settings(Roles.of(environment));
        if (!settings.isEmpty()) {
            environment.getPropertySources().addFirst(new MapPropertySource(SOURCE, settings));
        }
    }

    private static Map<String, Object> settings(Roles roles) {
        Map<String, Object> settings = new HashMap<>();
        if (!roles.has(Role.WORKER)) {
            settings.put("spring.cloud.function.definition", "");
            // Otherwise Spring Cloud Stream would look for a function itself.
            settings.put("spring.cloud.stream.function.autodetect", "false");
            // Without parts, which only a function of the worker publishes.
            settings.put("spring.cloud.stream.output-bindings", "deliveries;attachmentEvents");
            // The component has the inputs.
            settings.put("management.health.binders.enabled", "false");
        }
        if (!roles.has(Role.PAGES)) {
            // No port, but still the web application that the management port is a part of ("Disable the Web Server").
            settings.put("server.port", "-1");
            // Tomcat opens a random port while it starts, and closes it at once.
            settings.put("server.address", "127.0.0.1");
        }
        return settings;
    }

    /** After those that read {@code application.yaml}. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
