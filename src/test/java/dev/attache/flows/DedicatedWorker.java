package dev.attache.flows;

import dev.attache.AttacheApplication;
import dev.attache.sandbox.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A worker for one test, which starts and stops it. */
final class DedicatedWorker {

    private DedicatedWorker() {}

    /**
     * Starts one.
     *
     * @param more settings that take precedence over those of the sandbox
     * @param extras further configuration classes
     */
    static ConfigurableApplicationContext start(
            Surroundings surroundings, Map<String, String> more, Class<?>... extras) {
        Map<String, String> properties = new HashMap<>(surroundings.properties());
        properties.put("server.port", "0");
        properties.put("management.server.port", "0");
        properties.putAll(more);
        List<String> arguments = new ArrayList<>();
        properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new SpringApplicationBuilder(AttacheApplication.class)
                .sources(extras)
                .profiles("sandbox")
                .registerShutdownHook(false)
                .run(arguments.toArray(String[]::new));
    }
}
