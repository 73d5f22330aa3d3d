package dev.attache.sandbox;

import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Configures a worker for a running AWS and mailbox, before all other sources of settings. */
class SandboxInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private final Surroundings surroundings;

    SandboxInitializer(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("sandbox", Map.copyOf(surroundings.properties())));
        context.getBeanFactory().registerSingleton("surroundings", surroundings);
    }

    /**
     * For tests: Spring calls the constructor without arguments, and all tests with this initializer share one context.
     */
    static final class ForTests extends SandboxInitializer {

        ForTests() {
            super(TestAws.surroundings());
        }

        /** Only tests start the sweeps of overdue uploads and of due pages. */
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            super.initialize(context);
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "tests",
                            Map.of("attache.uploads.sweep-interval", "0", "attache.downloads.sweep-interval", "0")));
        }
    }
}
