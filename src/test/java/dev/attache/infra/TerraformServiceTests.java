package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service on ECS, {@code infra/terraform/modules/service}, fits the image, the settings and the documentation. */
class TerraformServiceTests {

    private static final Path TERRAFORM = Path.of("infra/terraform");

    private static final String TASK = text(TERRAFORM.resolve("modules/service/task.tf"));

    private static final String VARIABLES = text(TERRAFORM.resolve("modules/service/variables.tf"));

    private static final String NETWORK = text(TERRAFORM.resolve("modules/service/network.tf"));

    private static final String DOCKERFILE = text(Path.of("infra/Dockerfile"));

    private static final String SETTINGS = text(Path.of("docs/configuration.md"))
            + text(Path.of("docs/console.md"))
            + text(Path.of("docs/operations.md"));

    /** Variables of the environment, and the settings that they are. */
    private static final Map<String, String> DOCUMENTED = Map.ofEntries(
            Map.entry("ATTACHE_ROLES", "attache.roles"),
            Map.entry("ATTACHE_GATEWAY_LIMITS_TRUSTEDPROXIES", "trusted-proxies"),
            Map.entry("SERVER_TOMCAT_KEEPALIVETIMEOUT", "server.tomcat.keep-alive-timeout"),
            Map.entry("MANAGEMENT_SERVER_PORT", "management.server.port"),
            Map.entry("LOGGING_STRUCTURED_FORMAT_CONSOLE", "logging.structured.format.console"),
            Map.entry("SPRING_SECURITY_USER_NAME", "spring.security.user.name"),
            Map.entry("SPRING_SECURITY_USER_PASSWORD", "spring.security.user.name"),
            Map.entry("SPRING_MAIL_USERNAME", "spring.mail.host"),
            Map.entry("SPRING_MAIL_PASSWORD", "spring.mail.host"),
            Map.entry("SPRING_MAIL_PROPERTIES_MAIL_SMTP_AUTH", "spring.mail.properties.*"),
            Map.entry("SPRING_MAIL_PROPERTIES_MAIL_SMTP_STARTTLS_ENABLE", "spring.mail.properties.*"),
            Map.entry("SPRING_MAIL_PROPERTIES_MAIL_SMTP_STARTTLS_REQUIRED", "mail.smtp.starttls.required"),
            Map.entry("SPRING_MAIL_PROPERTIES_MAIL_SMTP_SSL_CHECKSERVERIDENTITY", "spring.mail.properties.*"),
            Map.entry("ATTACHE_CONSOLE_USERS_OPERATOR_ROLES", "attache.console.users.<name>.password"),
            Map.entry("ATTACHE_CONSOLE_USERS_OPERATOR_PASSWORD", "attache.console.users.<name>.password"),
            Map.entry("ATTACHE_SOURCES_CRM_DISPLAYNAME", "display-name"),
            Map.entry("ATTACHE_SOURCES_CRM_PREFIXES", "prefixes"),
            Map.entry("ATTACHE_SOURCES_CRM_CONTENTTYPES", "content-types"),
            Map.entry("ATTACHE_SOURCES_CRM_MAILLINKS", "mail-links"));

    private static final Pattern VARIABLE =
            Pattern.compile("\\b(?:ATTACHE|SPRING|SERVER|LOGGING|MANAGEMENT)_[A-Z0-9_]+\\b");

    /** ECS does not read that of an image. */
    @Test
    void theHealthCheckIsThatOfTheImage() {
        String command = found(Pattern.compile("(?ms)^HEALTHCHECK.*? CMD (\\[.*?])$"), DOCKERFILE)
                .group(1);
        List<String> ofImage = words(command);

        String list =
                found(Pattern.compile("(?m)^  health_check = (\\[.*])$"), TASK).group(1);
        // Terraform escapes the beginning of a template.
        List<String> ofTask = words(list.replace("$${", "${"));

        assertThat(ofTask.getFirst()).isEqualTo("CMD");
        assertThat(ofTask.subList(1, ofTask.size())).isEqualTo(ofImage);
    }

    @Test
    void theUserIsThatOfTheImage() {
        String user = found(Pattern.compile("(?m)^USER (\\S+)$"), DOCKERFILE).group(1);

        assertThat(TASK).containsPattern("user += \"" + user + "\"");
    }

    /** Otherwise ECS mounts a volume that only root can write to ("Use bind mounts with Amazon ECS"). */
    @Test
    void theWritableFolderIsAVolumeOfTheImage() {
        String folder =
                found(Pattern.compile("containerPath = \"([^\"]+)\""), TASK).group(1);

        assertThat(DOCKERFILE).containsPattern("(?m)^VOLUME .*\"?" + folder + "\"?");
    }

    @Test
    void thePortsAreThoseOfTheWorker() throws IOException {
        PropertySource<?> application = new YamlPropertySourceLoader()
                .load("application", new FileSystemResource("src/main/resources/application.yaml"))
                .getFirst();

        assertThat(TASK).containsPattern("management_port = " + application.getProperty("management.server.port"));
        assertThat(SETTINGS)
                .contains("| `server.port` | `"
                        + found(Pattern.compile("pages_port +=\\s+(\\d+)"), TASK)
                                .group(1) + "` |");
    }

    /** First its inputs stop, then its pages: two phases. */
    @Test
    void ecsWaitsLongerThanAWorkerTakesToStop() throws IOException {
        PropertySource<?> application = new YamlPropertySourceLoader()
                .load("application", new FileSystemResource("src/main/resources/application.yaml"))
                .getFirst();
        Duration phase = DurationStyle.detectAndParse(
                String.valueOf(application.getProperty("spring.lifecycle.timeout-per-shutdown-phase")));
        Duration drain =
                DurationStyle.detectAndParse(found(Pattern.compile("\\| `drain-timeout` \\| `(\\w+)` \\|"), SETTINGS)
                        .group(1));

        Duration stop = phase.multipliedBy(2);

        assertThat(drain).isLessThan(phase);
        assertThat(stopTimeout("default +=\\s+(\\d+)")).isGreaterThan(stop);
        assertThat(stopTimeout("var\\.stop_timeout > (\\d+) &&")).isEqualTo(stop);
        assertThat(text(TERRAFORM.resolve("modules/service/README.md")))
                .contains("ECS waits for %d seconds"
                        .formatted(stopTimeout("default +=\\s+(\\d+)").toSeconds()));
    }

    @Test
    void theLoadBalancerChecksTheDocumentedPath() {
        String path = found(Pattern.compile("path += \"([^\"]+)\""), NETWORK).group(1);

        assertThat(path).isEqualTo("/actuator/health/readiness");
        assertThat(SETTINGS).contains("| `" + path + "` |");
    }

    @Test
    void everyVariableOfTheEnvironmentIsADocumentedSetting() {
        Set<String> used = new TreeSet<>();
        Stream.of("modules/service/task.tf", "examples/complete/main.tf", "examples/complete/variables.tf")
                .forEach(file -> VARIABLE.matcher(text(TERRAFORM.resolve(file)))
                        .results()
                        .forEach(name -> used.add(name.group())));

        assertThat(used)
                .isEqualTo(new TreeSet<>(DOCUMENTED.keySet()))
                .allSatisfy(name -> assertThat(SETTINGS).contains("`" + DOCUMENTED.get(name) + "`"));
    }

    private static Duration stopTimeout(String seconds) {
        return Duration.ofSeconds(
                Long.parseLong(found(Pattern.compile("(?s)variable \"stop_timeout\".*?" + seconds), VARIABLES)
                        .group(1)));
    }

    private static List<String> words(String json) {
        return JsonMapper.shared()
                .readTree(json)
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private static MatchResult found(Pattern pattern, String text) {
        return pattern.matcher(text).results().findFirst().orElseThrow();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
