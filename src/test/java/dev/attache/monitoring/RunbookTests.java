package dev.attache.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.topology.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The runbook has a section for each alarm, and names only what exists. */
class RunbookTests {

    private static final List<String> PARTS = List.of("**Means.**", "**See it.**", "**Do.**", "**Do not.**");

    private static final Pattern IN_BACKTICKS = Pattern.compile("`([^`\\n]+)`");

    private static final Pattern QUEUE = Pattern.compile("[a-z]+-[a-z]+(-dlq)?");

    /** An alarm of Prometheus or of CloudWatch, and the section that it leads to. */
    private record Alarm(String name, String section) {}

    private static List<Alarm> alarms() {
        return Stream.concat(
                        Alarms.all().stream().map(alarm -> new Alarm(alarm.name(), alarm.section())),
                        CloudWatchAlarms.all().stream().map(alarm -> new Alarm(alarm.name(), alarm.runbook())))
                .distinct()
                .toList();
    }

    @Test
    void everyAlarmHasASectionThatNamesIt() {
        List<Runbook.Section> sections = Runbook.sections();

        assertThat(alarms())
                .allSatisfy(alarm -> assertThat(sections)
                        .filteredOn(section -> section.anchor().equals(alarm.section()))
                        .singleElement()
                        .satisfies(section -> assertThat(section.alarms()).contains(alarm.name())));
    }

    @Test
    void everyAlarmThatASectionNamesExistsAndLeadsToIt() {
        assertThat(Runbook.sections())
                .allSatisfy(section -> assertThat(section.alarms())
                        .allSatisfy(name -> assertThat(alarms())
                                .filteredOn(alarm -> alarm.name().equals(name))
                                .singleElement()
                                .satisfies(alarm -> assertThat(alarm.section()).isEqualTo(section.anchor()))));
    }

    @Test
    void everySectionOfAnAlarmSaysWhatItMeansHowToSeeItAndWhatToDoAndNotToDo() {
        assertThat(Runbook.sections())
                .filteredOn(section -> !section.alarms().isEmpty())
                .isNotEmpty()
                .allSatisfy(section -> assertThat(section.text()).containsSubsequence(PARTS));
    }

    @Test
    void everySettingAndMeterExists() {
        String documentation =
                Alarms.text(Path.of("docs/configuration.md")) + Alarms.text(Path.of("docs/operations.md"));

        assertThat(inBackticks("attache\\.[a-z<][\\w.<>-]*", "spring\\.[a-z][\\w.-]*"))
                .isNotEmpty()
                .allSatisfy(
                        name -> assertThat(isDocumented(name, documentation)).isTrue());
    }

    /** As a whole, or as a name "under" a prefix. */
    private static boolean isDocumented(String name, String documentation) {
        return documentation.contains("`" + name + "`")
                || Pattern.compile("\\.")
                        .matcher(name)
                        .results()
                        .anyMatch(dot -> documentation.contains("under `" + name.substring(0, dot.start()) + "`")
                                && documentation.contains("`" + name.substring(dot.end()) + "`"));
    }

    @Test
    void everyFileOfTheProjectExists() {
        assertThat(inBackticks("infra/\\S+"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Files.exists(Path.of(file))).isTrue());
    }

    @Test
    void everyQueueExists() {
        Set<String> known = new HashSet<>();
        Topology.queueNames().forEach(queue -> known.addAll(List.of(queue, Topology.deadLetters(queue))));
        Topology.definition().subscriptions().forEach(subscription -> known.add(subscription.undelivered()));

        Set<String> named = new TreeSet<>();
        Pattern.compile("\\b(?:url|arn) ([a-z-]+)\\)")
                .matcher(Runbook.text())
                .results()
                .forEach(call -> named.add(call.group(1)));
        IN_BACKTICKS
                .matcher(Runbook.text())
                .results()
                .map(name -> name.group(1))
                .filter(name -> QUEUE.matcher(name).matches()
                        && (name.endsWith("-dlq") || name.startsWith("deliveries-") || name.endsWith("-deliveries")))
                .forEach(named::add);
        assertThat(named).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void everyEndpointIsExposed() {
        String exposed = Alarms.text(Path.of("src/main/resources/application.yaml"))
                .lines()
                .filter(line -> line.strip().startsWith("include:"))
                .findFirst()
                .orElseThrow();

        Stream<String> endpoints = Pattern.compile("/actuator/([a-z]+)")
                .matcher(Runbook.text())
                .results()
                .map(path -> path.group(1));
        assertThat(endpoints)
                .isNotEmpty()
                .allSatisfy(endpoint -> assertThat(exposed).contains(endpoint));
    }

    private static List<String> inBackticks(String... patterns) {
        return IN_BACKTICKS
                .matcher(Runbook.text())
                .results()
                .map(name -> name.group(1))
                .filter(name -> Stream.of(patterns).anyMatch(name::matches))
                .distinct()
                .toList();
    }
}
