package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.source.SourcesProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;

/** The environment variables of the worker in {@code infra/compose.yaml} are the settings that they are meant to be. */
class ComposeTests {

    private static final String WORKER = "services.attache.environment.";

    @Test
    void theSourcesAreThoseOfTheSandbox() throws IOException {
        PropertySource<?> sandbox = new YamlPropertySourceLoader()
                .load("sandbox", new ClassPathResource("application-sandbox.yaml"))
                .getFirst();

        assertThat(sources(compose())).isEqualTo(sources(environment(sandbox))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "attache.bucket,                                attache",
        "attache.links.public-endpoint,                 http://localhost:4566",
        "attache.links.path-style,                      true",
        "attache.gateway.public-url,                    http://localhost:8080",
        "attache.mail.from,                             attache@example.com",
        "spring.cloud.aws.endpoint,                     http://localstack:4566",
        "spring.cloud.aws.s3.path-style-access-enabled, true",
        "spring.mail.host,                              mail"
    })
    void settingsHaveTheirValues(String setting, String value) {
        assertThat(compose().getProperty(setting)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "mem_limit,       512m",
        "memswap_limit,   512m",
        "read_only,       true",
        "tmpfs[0],        /tmp",
        "cap_drop[0],     ALL",
        "security_opt[0], no-new-privileges:true"
    })
    void theWorkerRunsWithTheLimitsThatTheImageIsCheckedWith(String setting, String value) {
        assertThat(file().get("services.attache." + setting)).hasToString(value);
    }

    /** First its inputs stop, then its pages: two phases. */
    @Test
    void dockerWaitsLongerThanTheWorkerTakesToStop() throws IOException {
        PropertySource<?> application = new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yaml"))
                .getFirst();
        Duration phase = DurationStyle.detectAndParse(
                String.valueOf(application.getProperty("spring.lifecycle.timeout-per-shutdown-phase")));
        Duration stop = DurationStyle.detectAndParse(file().getProperty("services.attache.stop_grace_period"));

        assertThat(stop).isGreaterThan(phase.multipliedBy(2));
        assertThat(Files.readString(Path.of("infra/README.md")))
                .contains("Give it %d s.".formatted(stop.toSeconds()))
                .contains("--stop-timeout %d ".formatted(stop.toSeconds()));
    }

    /** The script includes files that are beside it. */
    @Test
    void theContainerHasTheSetupScriptWithTheFilesThatItIncludes() throws IOException {
        Properties compose = file();

        assertThat(compose.getProperty("services.setup.volumes[0]")).isEqualTo("./setup.sh:/infra/setup.sh:ro");
        assertThat(compose.getProperty("services.setup.volumes[1]")).isEqualTo("./setup:/infra/setup:ro");
        assertThat(compose.getProperty("services.setup.entrypoint[1]")).isEqualTo("/infra/setup.sh");
        assertThat(Files.readString(Path.of("infra/setup.sh")))
                .contains("parts=$(dirname \"$0\")/setup")
                .contains(". \"$parts/aws.sh\"");
    }

    private static Map<String, SourcesProperties.Source> sources(ConfigurableEnvironment environment) {
        return Binder.get(environment)
                .bind("attache", SourcesProperties.class)
                .get()
                .sources();
    }

    private static ConfigurableEnvironment compose() {
        Map<String, Object> variables = new HashMap<>();
        file().forEach((name, value) -> {
            if (name.toString().startsWith(WORKER)) {
                variables.put(name.toString().substring(WORKER.length()), value.toString());
            }
        });
        return environment(new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    }

    private static Properties file() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new FileSystemResource("infra/compose.yaml"));
        return Objects.requireNonNull(yaml.getObject());
    }

    /** An environment with this source of properties alone. */
    private static ConfigurableEnvironment environment(PropertySource<?> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(it -> environment.getPropertySources().remove(it.getName()));
        environment.getPropertySources().addLast(properties);
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
