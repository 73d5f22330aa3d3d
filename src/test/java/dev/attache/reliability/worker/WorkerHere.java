package dev.attache.reliability.worker;

import dev.attache.AttacheApplication;
import dev.attache.sandbox.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A worker in this JVM, beside any other. */
public final class WorkerHere {

    private WorkerHere() {}

    /**
     * Starts one; closing it stops it.
     *
     * @param more settings that go before those of the surroundings
     * @param receives looks over its shoulder
     */
    public static ConfigurableApplicationContext start(
            Surroundings surroundings, Map<String, String> more, Receives receives) {
        Map<String, String> settings = new HashMap<>(surroundings.properties());
        settings.put("server.port", "0");
        settings.put("management.server.port", "0");
        // JMX names are the JVM's, and another worker may have them.
        settings.put("spring.jmx.enabled", "false");
        settings.putAll(more);
        List<String> arguments = new ArrayList<>();
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new SpringApplicationBuilder(AttacheApplication.class)
                .profiles("sandbox")
                .registerShutdownHook(false)
                .initializers(
                        context -> ((GenericApplicationContext) context).registerBean(Receives.class, () -> receives))
                .run(arguments.toArray(String[]::new));
    }
}
