package dev.attache.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.monitoring.CloudWatchAlarms.Alarm;
import dev.attache.monitoring.CloudWatchAlarms.Metric;
import dev.attache.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The alarms for CloudWatch and the scaling on ECS, without AWS: they name only what exists. */
class CloudWatchAlarmsTests {

    private static final Path MODULES = Path.of("infra/terraform/modules");

    private static final String OPERATIONS = Alarms.text(Path.of("docs/operations.md"));

    private static final String MAIN = Alarms.text(CloudWatchAlarms.MODULE.resolve("main.tf"));

    /** "Available CloudWatch metrics for Amazon SQS" in the Amazon SQS Developer Guide, and the same of the others. */
    private static final Map<String, Set<String>> OF_AWS = Map.of(
            "AWS/SQS",
            Set.of(
                    "ApproximateAgeOfOldestMessage",
                    "ApproximateNumberOfMessagesDelayed",
                    "ApproximateNumberOfMessagesNotVisible",
                    "ApproximateNumberOfMessagesVisible",
                    "NumberOfMessagesDeleted",
                    "NumberOfMessagesSent"),
            "ECS/ContainerInsights",
            Set.of("DesiredTaskCount", "RunningTaskCount"),
            "AWS/ApplicationELB",
            Set.of("HTTPCode_Target_5XX_Count"),
            "AWS/SES",
            Set.of("Reputation.BounceRate", "Reputation.ComplaintRate"));

    private static final Pattern WORD = Pattern.compile("\\{(\\w+)}");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+) \\| ([^|]+) \\|");

    @Test
    void anAlarmOfPrometheusWithTheSameNameHasTheSameSeverityAndSection() {
        assertThat(CloudWatchAlarms.all())
                .allSatisfy(alarm -> assertThat(Alarms.all())
                        .filteredOn(it -> it.name().equals(alarm.name()))
                        .allSatisfy(it -> {
                            assertThat(it.labels()).containsEntry("severity", alarm.severity());
                            assertThat(it.section()).isEqualTo(alarm.runbook());
                        }));
    }

    @Test
    void theReadmeNamesEveryAlarmThatOnlyOneOfBothHas() {
        Set<String> differences =
                new TreeSet<>(CloudWatchAlarms.all().stream().map(Alarm::name).toList());
        Alarms.all().forEach(alarm -> {
            if (!differences.remove(alarm.name())) {
                differences.add(alarm.name());
            }
        });
        String readme = Alarms.text(CloudWatchAlarms.MODULE.resolve("README.md"));
        String section = readme.substring(readme.indexOf("\n## Compared with Prometheus"));

        assertThat(Pattern.compile("(?m)^\\| `(Attache\\w+)` \\|")
                        .matcher(section)
                        .results()
                        .map(it -> it.group(1)))
                .containsExactlyInAnyOrderElementsOf(differences);
    }

    @Test
    void namesAreUniqueAndEveryAlarmHasASummaryAndADescription() {
        assertThat(CloudWatchAlarms.all().stream().map(Alarm::name)).doesNotHaveDuplicates();
        assertThat(CloudWatchAlarms.all()).isNotEmpty().allSatisfy(alarm -> {
            assertThat(alarm.severity()).isIn("critical", "warning");
            assertThat(alarm.summary()).isNotBlank().doesNotEndWith(".");
            assertThat(alarm.description()).endsWith(".");
        });
    }

    @Test
    void everyMetricOfOursIsDocumentedWithItsDimensions() {
        assertThat(metrics().filter(it -> it.namespace().equals("Attache")))
                .isNotEmpty()
                .allSatisfy(metric -> assertThat(ROW.matcher(OPERATIONS).results())
                        .filteredOn(row -> row.group(1).contains("`" + metric.name() + "`"))
                        .singleElement()
                        .satisfies(row -> assertThat(inBackticks(row.group(2)))
                                .containsAll(metric.dimensions().keySet())));
    }

    @Test
    void everyMetricOfOursIsThatOfADocumentedMeter() {
        assertThat(metrics().filter(it -> it.namespace().equals("Attache"))).allSatisfy(metric -> {
            String meter = metric.name().replaceFirst("\\.(value|count)$", "");
            assertThat(OPERATIONS).containsAnyOf("`" + meter + "`", "`" + meter.replace('.', '_') + "`");
        });
    }

    @Test
    void everyMetricOfAwsExists() {
        assertThat(metrics().filter(it -> !it.namespace().equals("Attache")))
                .isNotEmpty()
                .allSatisfy(metric -> assertThat(OF_AWS.get(metric.namespace())).contains(metric.name()));
    }

    /** Values of dimensions that the documentation does not have would never occur. */
    @Test
    void everyValueOfADimensionIsDocumented() {
        assertThat(metrics()
                        .flatMap(it -> it.dimensions().values().stream())
                        .filter(value -> !WORD.matcher(value).matches())
                        .distinct())
                .contains("access-denied", "refused", "newsletter")
                .allSatisfy(value -> assertThat(OPERATIONS).containsAnyOf("`" + value + "`", " " + value + ")"));
    }

    @Test
    @SuppressWarnings("unchecked") // The format of application.yaml.
    void everyCircuitBreakerOfTheWorkerIsWatched() {
        Map<String, Object> application = Alarms.yaml(Path.of("src/main/resources/application.yaml"));
        Map<String, Object> breakers =
                (Map<String, Object>) ((Map<String, Object>) application.get("resilience4j")).get("circuitbreaker");
        String list = Pattern.compile("breakers = \\[(.*)]")
                .matcher(MAIN)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        assertThat(list.replaceAll("[\" ]", "").split(","))
                .containsExactlyInAnyOrderElementsOf(((Map<String, Object>) breakers.get("instances"))
                        .keySet().stream().map(name -> name.split("\\.")[0]).toList());
    }

    /**
     * "Alarms on math expressions" and "Evaluating an alarm" in the Amazon CloudWatch User Guide, and PutMetricAlarm.
     */
    @Test
    void alarmsKeepTheLimitsOfCloudWatch() {
        assertThat(CloudWatchAlarms.all()).allSatisfy(alarm -> {
            assertThat(alarm.metrics()).hasSizeBetween(1, 10);
            assertThat(alarm.expression().isPresent() || alarm.metrics().size() == 1)
                    .isTrue();
            assertThat(alarm.period() % 60).isZero();
            assertThat(alarm.period() * alarm.periods()).isLessThanOrEqualTo(alarm.period() < 3600 ? 86_400 : 604_800);
            assertThat(alarm.missing()).isIn("breaching", "notBreaching", "ignore");
        });
    }

    @Test
    void whatAnAlarmExistsForEachOfAndItsThresholdAreKnownToTheModule() {
        String variables = Alarms.text(CloudWatchAlarms.MODULE.resolve("variables.tf"));

        assertThat(CloudWatchAlarms.all()).allSatisfy(alarm -> {
            assertThat(MAIN).containsPattern("(?m)^    " + alarm.each() + " +=");
            if (alarm.threshold() instanceof String name) {
                assertThat(variables).contains("variable \"" + name + "\"");
            }
        });
    }

    /**
     * Queues of an installation may have a prefix: their names come from topology.yaml, by the root module's outputs.
     */
    @Test
    void noModuleNamesAQueueItself() {
        List<String> names = Topology.definition().allQueues();

        for (String module : List.of("service", "monitoring")) {
            assertThat(files(MODULES.resolve(module)))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Alarms.text(file)).doesNotContain(names));
        }
    }

    private static Stream<Metric> metrics() {
        return Stream.concat(
                CloudWatchAlarms.all().stream().flatMap(it -> it.metrics().values().stream()), backlog().stream());
    }

    @SuppressWarnings("unchecked")
    private static List<Metric> backlog() {
        Map<String, Object> file = Alarms.yaml(MODULES.resolve("service/backlog.yaml"));
        return List.copyOf(CloudWatchAlarms.metrics((Map<String, Map<String, Object>>) file.get("metrics"))
                .values());
    }

    private static List<String> inBackticks(String text) {
        return Pattern.compile("`([^`]+)`")
                .matcher(text)
                .results()
                .map(it -> it.group(1))
                .toList();
    }

    private static List<Path> files(Path module) {
        try (Stream<Path> files = Files.list(module)) {
            return files.filter(file -> file.toString().matches(".*\\.(tf|yaml)"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
