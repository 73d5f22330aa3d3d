package dev.attache.sandbox;

import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Points a worker at a running AWS and mailbox, before anything else can say otherwise. */
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

    /** The test run's. Spring makes one without arguments, and all tests that name it share one context. */
    static final class ForTests extends SandboxInitializer {

        ForTests() {
            super(TestAws.surroundings());
        }

        /** Overdue uploads are swept when a test says so. */
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            super.initialize(context);
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("tests", Map.of("attache.uploads.sweep-interval", "0")));
        }
    }
}
