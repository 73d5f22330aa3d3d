package dev.attache.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.testing.Promtool;
import dev.attache.testing.RequiresPromtool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alarms and dashboard, without a worker. */
class MonitoringFilesTests {

    private static final Pattern TESTED = Pattern.compile("ALERTS\\{alertname=\"(\\w+)\"");

    private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

    private static final Pattern LABEL = Pattern.compile("\\$labels\\.(\\w+)");

    @Test
    @RequiresPromtool
    void theAlarmsBehaveAsTheirUnitTestsSay() {
        List<String> arguments = new ArrayList<>(List.of("test", "rules"));
        Alarms.TESTS.forEach(file -> arguments.add(file.toString()));

        Promtool.Run run = Promtool.run(arguments.toArray(String[]::new));

        assertThat(run.output()).doesNotContain("FAILED");
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    @Test
    void everyAlarmHasAUnitTestInWhichItFires() {
        Set<String> fires = new TreeSet<>();
        expressionTests().filter(MonitoringFilesTests::fires).forEach(test -> fires.add(tested(test)));

        assertThat(fires)
                .containsExactlyElementsOf(
                        Alarms.all().stream().map(Alarms.Alarm::name).sorted().toList());
        assertThat(expressionTests().filter(test -> !fires(test)))
                .isNotEmpty()
                .allSatisfy(test -> assertThat(fires).contains(tested(test)));
    }

    /** A label that an alarm does not have would be shown as an empty text. */
    @Test
    void textsOfAlarmsUseOnlyLabelsThatTheyHave() {
        assertThat(Alarms.all()).allSatisfy(alarm -> {
            String labels = expressionTests()
                    .filter(test -> tested(test).equals(alarm.name()) && fires(test))
                    .map(test -> String.valueOf(test.get("exp_samples")))
                    .collect(Collectors.joining());
            alarm.annotations()
                    .values()
                    .forEach(text -> LABEL.matcher(text)
                            .results()
                            .forEach(label -> assertThat(labels).contains(" " + label.group(1) + "=")));
        });
    }

    private static boolean fires(Map<String, Object> test) {
        return test.containsKey("exp_samples");
    }

    private static String tested(Map<String, Object> test) {
        return TESTED.matcher((String) test.get("expr"))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    @SuppressWarnings("unchecked") // The format of unit tests: "Unit testing for rules" in Prometheus's documentation.
    private static Stream<Map<String, Object>> expressionTests() {
        return Alarms.TESTS.stream()
                .flatMap(file -> ((List<Map<String, Object>>) Alarms.yaml(file).get("tests")).stream())
                .flatMap(test -> ((List<Map<String, Object>>) test.get("promql_expr_test")).stream());
    }

    @Test
    void everyAlarmHasASeverityASummaryADescriptionAndASectionInTheRunbook() {
        assertThat(Alarms.all()).isNotEmpty().allSatisfy(alarm -> {
            assertThat(alarm.labels()).containsOnlyKeys("severity");
            assertThat(alarm.labels().get("severity")).isIn("critical", "warning");
            assertThat(alarm.annotations()).containsOnlyKeys("summary", "description", "runbook_url");
            assertThat(alarm.annotations().get("runbook_url")).matches("docs/runbook\\.md#[a-z0-9-]+");
        });
    }

    @Test
    void namesOfAlarmsAreUnique() {
        assertThat(Alarms.all().stream().map(Alarms.Alarm::name)).doesNotHaveDuplicates();
    }

    /** Every worker samples all queues: a sum would count each message once for each worker. */
    @Test
    void depthsOfQueuesAreTakenAsTheMaximumOverTheWorkers() {
        List<String> all = new ArrayList<>(Alarms.expressions());
        Dashboard.queries().forEach(query -> all.add(query.expression()));

        assertThat(all)
                .filteredOn(expression ->
                        expression.contains("attache_queue_messages") || expression.contains("attache_dead_letters"))
                .isNotEmpty()
                .allSatisfy(expression -> assertThat(expression)
                        .containsPattern("max by \\([a-z, ]+\\) \\((attache_queue_messages|attache_dead_letters)"));
    }

    @Test
    @RequiresPromtool
    void everyQueryOfTheDashboardIsValid(@TempDir Path folder) throws IOException {
        Promtool.Run run = Promtool.run(
                "check", "rules", asRules(folder, Dashboard.queries()).toString());

        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    private static Path asRules(Path folder, List<Dashboard.Query> queries) throws IOException {
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            rules.add("{record: 'query:" + i + "', expr: '"
                    + queries.get(i).expression().replace("'", "''") + "'}");
        }
        return Files.writeString(
                folder.resolve("rules.yaml"),
                "groups: [{name: dashboard, rules: [" + String.join(",\n", rules) + "]}]\n");
    }

    @Test
    void legendsUseOnlyLabelsThatTheirQueryKeeps() {
        assertThat(Dashboard.queries()).allSatisfy(query -> {
            Set<String> kept = Selector.groupedBy(query.expression());
            assertThat(LEGEND.matcher(query.legend()).results().map(label -> label.group(1)))
                    .allSatisfy(label -> assertThat(kept.isEmpty() ? Set.of("instance") : kept)
                            .contains(label));
        });
    }

    @Test
    void panelsHaveATitleAndDoNotOverlap() {
        Set<String> cells = new TreeSet<>();
        Dashboard.panels().forEach(panel -> {
            assertThat(panel.path("title").asString()).isNotBlank();
            var place = panel.path("gridPos");
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    int column = place.path("x").asInt() + x;
                    assertThat(column).isLessThan(24);
                    assertThat(cells.add(column + " " + (place.path("y").asInt() + y)))
                            .as(panel.path("title").asString())
                            .isTrue();
                }
            }
        });
        assertThat(Dashboard.json()
                        .path("panels")
                        .valueStream()
                        .map(panel -> panel.path("id").asInt())
                        .collect(Collectors.toList()))
                .doesNotHaveDuplicates();
    }
}
