package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.role.Role;
import dev.attache.topology.Topology;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.convert.DurationStyle;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Helm chart agrees with the definitions that it repeats. {@code .ci/kubernetes} renders it, and tests the
 * manifests.
 */
class HelmChartTests {

    private static final Path CHART = Path.of("infra/helm/attache");

    private static final JsonNode VALUES = yaml(CHART.resolve("values.yaml"));

    private static final JsonNode SETTINGS = yaml(Path.of("src/main/resources/application.yaml"));

    @Test
    void kedaScalesOnAllQueuesOfTheWorker() {
        assertThat(VALUES.at("/autoscaling/queues").propertyNames())
                .containsExactlyInAnyOrderElementsOf(Topology.queueNames());
    }

    /** The chart refuses names that look like secrets, and those that it sets itself. */
    @Test
    void theChartAcceptsTheEnvironmentThatTerraformGives() throws IOException {
        List<String> names =
                matches("(?m)^ +([A-Z][A-Z0-9_]+) += ", Files.readString(Path.of("infra/terraform/process.tf")));
        String secret = matches("regexMatch \"([^\"]+)\" \\$name", template("_helpers.tpl"))
                .getFirst();
        List<String> own = matches(
                "\"(\\w+)\"",
                matches("has \\$name \\(list ([^)]+)\\)", template("_helpers.tpl"))
                        .getFirst());

        assertThat(own).contains("ATTACHE_ROLES");
        assertThat("SPRING_MAIL_PASSWORD").containsPattern(secret);
        assertThat(names)
                .contains("AWS_REGION", "ATTACHE_BUCKET", "SPRING_MAIL_HOST")
                .doesNotContainAnyElementsOf(own)
                .allSatisfy(name -> assertThat(name).doesNotContainPattern(secret));
    }

    @Test
    void theAlarmsAreThoseOfPrometheus() {
        assertThat(CHART.resolve("files/prometheus-rules.yaml"))
                .hasSameBinaryContentAs(Path.of("infra/monitoring/prometheus-rules.yaml"));
    }

    /** Compared with alarms, whose metrics are compared with those of a worker. */
    @Test
    void theQueryOfInputsThatDoNotReceiveUsesMetricsOfTheAlarms() throws IOException {
        String query = VALUES.at("/autoscaling/prometheus/query").stringValue();
        String alarms = Files.readString(Path.of("infra/monitoring/prometheus-rules.yaml"));

        assertThat(matches("attache_\\w+", query))
                .hasSize(2)
                .allSatisfy(metric -> assertThat(alarms).contains(metric));
    }

    @Test
    void theUserIsThatOfTheImage() throws IOException {
        String user = matches("(?m)^USER (.+)$", dockerfile()).getFirst();

        assertThat(numbers("runAs(?:User|Group): (\\d+)", template("deployment.yaml")))
                .isEqualTo(Arrays.stream(user.split(":")).map(Integer::valueOf).toList());
    }

    @Test
    void thePortsAreThoseOfTheImageAndTheSettings() throws IOException {
        List<Integer> ports = numbers("containerPort: (\\d+)", template("deployment.yaml"));

        assertThat(matches("(?m)^EXPOSE (.+)$", dockerfile())).containsExactly("8080 8081");
        assertThat(ports).containsExactly(8080, 8081);
        assertThat(SETTINGS.at("/management/server/port").intValue()).isEqualTo(8081);
        assertThat(numbers(" port: (\\d+)", template("service-management.yaml")))
                .containsExactly(8081);
        assertThat(template("scaledobject.yaml")).contains(":8081/actuator/health/binders");
    }

    /** First the inputs stop, then the pages; each has the whole time. */
    @Test
    void kubernetesWaitsLongerThanTheWorkerNeedsToStop() {
        Duration phase = DurationStyle.detectAndParse(
                SETTINGS.at("/spring/lifecycle/timeout-per-shutdown-phase").stringValue());
        long stop =
                VALUES.at("/preStopSeconds").intValue() + phase.multipliedBy(2).toSeconds();

        assertThat(VALUES.at("/terminationGracePeriodSeconds").longValue()).isGreaterThan(stop);
        assertThat(yaml(CHART.resolve("values.schema.json"))
                        .at("/properties/terminationGracePeriodSeconds/minimum")
                        .longValue())
                .isEqualTo(stop);
    }

    @Test
    void theVersionOfTheImageIsThatOfTheBuild() throws IOException {
        String version = matches(
                        "<artifactId>attache</artifactId>\\s*<version>([^<]+)</version>",
                        Files.readString(Path.of("pom.xml")))
                .getFirst();

        assertThat(yaml(CHART.resolve("Chart.yaml")).path("appVersion").stringValue())
                .isEqualTo(version);
        assertThat(VALUES.at("/image/tag").stringValue()).isEmpty();
    }

    @Test
    void thereIsADeploymentForEachRole() throws IOException {
        List<String> roles = Arrays.stream(Role.values()).map(Role::setting).toList();
        String template = template("_helpers.tpl");

        assertThat(matches("(?m)^\\{\"all\": \\[(.+)]}$", template))
                .containsExactly(String.join(
                        ", ", roles.stream().map(it -> '"' + it + '"').toList()));
        assertThat(matches("\"(\\w+)\": \\[\"\\1\"]", template)).containsExactlyElementsOf(roles);
        assertThat(VALUES.path("deployments").propertyNames()).contains("all").containsAll(roles);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "worker", "pages", "console"})
    void aPodHasTheMemoryThatTheJvmsOptionsAreFor(String deployment) throws IOException {
        JsonNode resources = VALUES.path("deployments").path(deployment).path("resources");

        assertThat(resources.at("/limits/memory").stringValue()).isEqualTo("512Mi");
        assertThat(resources.at("/requests/memory").stringValue()).isEqualTo("512Mi");
        assertThat(Files.readString(Path.of("infra/java.args"))).contains("For 512 MiB of memory");
    }

    /** Not with Jackson, which does not resolve the anchors of YAML. */
    private static JsonNode yaml(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            return JsonMapper.shared().valueToTree(new Yaml().load(reader));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String template(String name) throws IOException {
        return Files.readString(CHART.resolve("templates").resolve(name));
    }

    private static String dockerfile() throws IOException {
        return Files.readString(Path.of("infra/Dockerfile"));
    }

    private static List<Integer> numbers(String pattern, String text) {
        return matches(pattern, text).stream().map(Integer::valueOf).toList();
    }

    /** What the pattern's first group finds; the whole match if it has none. */
    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(Math.min(1, match.groupCount())))
                .toList();
    }
}
