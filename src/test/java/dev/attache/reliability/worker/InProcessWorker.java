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

/** A worker in this JVM. There may be others. */
public final class InProcessWorker {

    private InProcessWorker() {}

    /**
     * Starts one; closing it stops it.
     *
     * @param more settings that take precedence over those of the surroundings
     * @param receives records the received messages
     */
    public static ConfigurableApplicationContext start(
            Surroundings surroundings, Map<String, String> more, ReceiveRecorder receives) {
        Map<String, String> settings = new HashMap<>(surroundings.properties());
        settings.put("server.port", "0");
        settings.put("management.server.port", "0");
        // Names of MBeans are unique in a JVM, and another worker may have registered them.
        settings.put("spring.jmx.enabled", "false");
        settings.putAll(more);
        List<String> arguments = new ArrayList<>();
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new SpringApplicationBuilder(AttacheApplication.class)
                .profiles("sandbox")
                .registerShutdownHook(false)
                .initializers(context ->
                        ((GenericApplicationContext) context).registerBean(ReceiveRecorder.class, () -> receives))
                .run(arguments.toArray(String[]::new));
    }
}
