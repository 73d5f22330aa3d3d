package dev.attache.console;

import dev.attache.AttacheApplication;
import dev.attache.sandbox.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Another worker of the same installation, with its own console. It receives no messages. */
final class SecondInstance implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    /** @param settings take precedence over those of the sandbox */
    SecondInstance(Surroundings surroundings, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(surroundings.properties());
        all.put("server.port", "0");
        all.put("management.server.port", "0");
        all.put("spring.cloud.stream.default.consumer.auto-startup", "false");
        all.put("attache.uploads.sweep-interval", "0");
        all.put("attache.downloads.sweep-interval", "0");
        all.putAll(settings);
        List<String> arguments = new ArrayList<>();
        all.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        context = new SpringApplicationBuilder(AttacheApplication.class)
                .profiles("sandbox")
                .registerShutdownHook(false)
                .run(arguments.toArray(String[]::new));
    }

    String managementOrigin() {
        return "http://localhost:" + context.getEnvironment().getRequiredProperty("local.management.port");
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
