package dev.attache.binder.settings;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.Environment;

/**
 * Which settings of a binding are written in the configuration. The values that Spring Cloud Stream binds do not tell a
 * setting that has its default value from one that is missing.
 *
 * @param environment the application's
 */
public record ConfiguredSettings(Environment environment) {

    private static final String STREAM = "spring.cloud.stream.";

    /** Settings of all bindings that Spring Cloud Stream copies to each input. */
    private static final List<String> GLOBAL = List.of("instance-count", "instance-index", "instance-index-list");

    /**
     * The full name under which a setting is written.
     *
     * @param property such as {@code consumer.concurrency}
     * @return empty if it is not written
     */
    public Optional<String> nameOf(String binding, String property) {
        return Stream.concat(
                        Stream.of(fullName(binding, property), STREAM + "default." + property),
                        GLOBAL.stream()
                                .filter(name -> property.equals("consumer." + name))
                                .map(STREAM::concat))
                .filter(this::isWritten)
                .findFirst();
    }

    static String fullName(String binding, String property) {
        return STREAM + "bindings." + binding + "." + property;
    }

    private boolean isWritten(String name) {
        ConfigurationPropertyName canonical = ConfigurationPropertyName.adapt(name, '.');
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source.getConfigurationProperty(canonical) != null
                    || source.containsDescendantOf(canonical) == ConfigurationPropertyState.PRESENT) {
                return true;
            }
        }
        return false;
    }
}
