package dev.attache.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.monitoring.CloudWatchAlarms.Alarm;
import dev.attache.monitoring.MetricMath.Series;
import dev.attache.monitoring.MetricMath.Undocumented;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alarms for CloudWatch are raised when they should, whatever CloudWatch does where it documents nothing. */
class CloudWatchAlarmsFireTests {

    /** CloudWatch looks at some more periods than an alarm needs ("Evaluating an alarm"). */
    private static final int FURTHER_PERIODS = 2;

    /** Of variables, with their defaults. */
    private static final Map<String, Double> THRESHOLDS =
            Map.of("oldest_message_seconds", 3600.0, "bounce_rate", 0.04, "complaint_rate", 0.0008);

    /**
     * The alarm, the values of its metrics, and whether it fires. Values are those of the last periods; the first of
     * them is repeated for all periods before. A value that is missing is a hyphen.
     */
    private static final String SCENARIOS = """
        AttacheDeadLetters       | visible=1   hidden=0   delayed=0             | fires
        AttacheDeadLetters       | visible=0   hidden=1   delayed=0             | fires
        AttacheDeadLetters       | visible=0   hidden=0   delayed=1             | fires
        AttacheDeadLetters       | visible=0   hidden=0   delayed=0             | silent
        AttacheDeadLetters       | visible=-   hidden=-   delayed=-             | silent
        AttacheUndelivered       | visible=0   hidden=3   delayed=0             | fires
        AttacheUndelivered       | visible=0   hidden=0   delayed=0             | silent
        AttacheDeadLettersExpire | visible=1   hidden=0   delayed=0             | fires
        AttacheDeadLettersExpire | visible=0.9 hidden=0.1 delayed=0             | fires
        AttacheDeadLettersExpire | visible=3,0 hidden=0   delayed=0             | silent
        AttacheDeadLettersExpire | visible=3,0.2,3,3,3 hidden=0 delayed=0       | silent
        AttacheDeadLettersExpire | visible=-,1,1 hidden=-,0,0 delayed=-,0,0     | silent
        AttachePoisonFlood       | written=101                                  | fires
        AttachePoisonFlood       | written=100                                  | silent
        AttachePoisonFlood       | written=-                                    | silent
        AttacheOldestMessage     | age=3601                                     | fires
        AttacheOldestMessage     | age=3601,3600                                | silent
        AttacheOldestMessage     | age=-                                        | silent
        AttacheBacklogGrows      | waiting=1001,1002,1003,1004                  | fires
        AttacheBacklogGrows      | waiting=2000                                 | silent
        AttacheBacklogGrows      | waiting=2000,1900,1800,1700                  | silent
        AttacheBacklogGrows      | waiting=100,200,300,400                      | silent
        AttacheBacklogGrows      | waiting=-                                    | silent
        AttacheQueueStuck        | waiting=5   deleted=0   paused=0             | fires
        AttacheQueueStuck        | waiting=5   deleted=0   paused=0,-,-,-       | fires
        AttacheQueueStuck        | waiting=5   deleted=0   paused=1             | silent
        AttacheQueueStuck        | waiting=5   deleted=0   paused=1,-           | silent
        AttacheQueueStuck        | waiting=5   deleted=1   paused=0             | silent
        AttacheQueueStuck        | waiting=5   deleted=0,1 paused=0             | silent
        AttacheQueueStuck        | waiting=0   deleted=0   paused=0             | silent
        AttacheQueueStuck        | waiting=-   deleted=-   paused=0             | silent
        AttachePausedLong        | paused=1                                     | fires
        AttachePausedLong        | paused=1,0                                   | silent
        AttachePausedLong        | paused=-                                     | silent
        AttacheNoWorker          | running=-                                    | fires
        AttacheNoWorker          | running=2                                    | silent
        AttacheNoWorker          | running=2,-                                  | silent
        AttacheNoWorker          | running=1,-,-                                | silent
        AttacheWorkerDown        | desired=2   running=1                        | fires
        AttacheWorkerDown        | desired=2   running=2                        | silent
        AttacheWorkerDown        | desired=2   running=4                        | silent
        AttacheWorkerDown        | desired=2   running=1,2                      | silent
        AttacheWorkerDown        | desired=-   running=-                        | silent
        AttachePollsFail         | unanswered=91                                | fires
        AttachePollsFail         | unanswered=90                                | silent
        AttachePollsFail         | unanswered=-                                 | silent
        AttacheGateClosed        | gate=2                                       | fires
        AttacheGateClosed        | gate=1                                       | silent
        AttacheGateClosed        | gate=2,0                                     | silent
        AttacheGateClosed        | gate=-                                       | silent
        AttacheBreakerOpen       | open=1                                       | fires
        AttacheBreakerOpen       | open=0                                       | silent
        AttacheBreakerOpen       | open=-                                       | silent
        AttacheAccessDenied      | alarm=1                                      | fires
        AttacheAccessDenied      | alarm=0                                      | silent
        AttacheKeysUnusable      | alarm=1                                      | fires
        AttacheKeysUnusable      | alarm=0                                      | silent
        AttacheMailSenderBlocked | alarm=1                                      | fires
        AttacheMailSenderBlocked | alarm=0                                      | silent
        AttacheSourceMailLimit   | alarm=1                                      | fires
        AttacheSourceMailLimit   | alarm=1,0                                    | silent
        AttacheMailsRefused      | refused1=30 sent1=400                        | fires
        AttacheMailsRefused      | refused1=10 refused2=10 refused3=10 sent2=99 | fires
        AttacheMailsRefused      | refused1=30 sent1=400 again2=500             | silent
        AttacheMailsRefused      | refused1=20 sent1=0                          | silent
        AttacheMailsRefused      | sent1=400                                    | silent
        AttacheMailsRefused      | refused1=-                                   | silent
        AttachePagesRefused      | errors=11                                    | fires
        AttachePagesRefused      | errors=10                                    | silent
        AttachePagesRefused      | errors=-                                     | silent
        AttacheBounceRate        | rate=0.04                                    | fires
        AttacheBounceRate        | rate=0.03                                    | silent
        AttacheComplaintRate     | rate=0.001                                   | fires
        AttacheComplaintRate     | rate=0.0001                                  | silent
        """;

    /** @param metrics those that are not named have no data */
    record Scenario(String alarm, Map<String, String> metrics, boolean fires) {

        static Scenario of(String line) {
            String[] columns = line.strip().split("\\s*\\|\\s*");
            return new Scenario(
                    columns[0],
                    Arrays.stream(columns[1].split("\\s+"))
                            .map(it -> it.split("=", 2))
                            .collect(Collectors.toMap(it -> it[0], it -> it[1])),
                    columns[2].equals("fires"));
        }
    }

    static Stream<Scenario> scenarios() {
        return SCENARIOS.lines().map(Scenario::of);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void anAlarmIsRaisedWhenItShould(Scenario scenario) {
        Alarm alarm = CloudWatchAlarms.all().stream()
                .filter(it -> it.name().equals(scenario.alarm()))
                .findFirst()
                .orElseThrow();
        assertThat(alarm.metrics().keySet()).containsAll(scenario.metrics().keySet());

        for (Undocumented undocumented : Undocumented.values()) {
            assertThat(fires(alarm, scenario, undocumented))
                    .as(undocumented.name())
                    .isEqualTo(scenario.fires());
        }
    }

    @Test
    void everyAlarmHasAScenarioInWhichItIsRaisedAndOneInWhichItIsNot() {
        List<String> names = CloudWatchAlarms.all().stream().map(Alarm::name).toList();

        assertThat(scenarios().filter(Scenario::fires).map(Scenario::alarm)).containsAll(names);
        assertThat(scenarios().filter(it -> !it.fires()).map(Scenario::alarm)).containsAll(names);
    }

    private static boolean fires(Alarm alarm, Scenario scenario, Undocumented undocumented) {
        int periods = alarm.periods() + FURTHER_PERIODS;
        Map<String, Series> metrics = new TreeMap<>();
        alarm.metrics()
                .keySet()
                .forEach(id -> metrics.put(id, series(scenario.metrics().getOrDefault(id, "-"), periods)));
        Series watched = new MetricMath(undocumented, periods, metrics).evaluate(alarm.watched());

        List<Double> existing = List.copyOf(watched.points().values());
        List<Double> latest = existing.subList(Math.max(0, existing.size() - alarm.periods()), existing.size());
        boolean enough = latest.size() == alarm.periods() || alarm.missing().equals("breaching");
        return enough && latest.stream().allMatch(it -> breaches(alarm, it));
    }

    private static Series series(String values, int periods) {
        List<String> last = List.of(values.split(","));
        return Series.of(String.join(" ", Collections.nCopies(Math.max(0, periods - last.size()), last.getFirst()))
                + " " + String.join(" ", last));
    }

    private static boolean breaches(Alarm alarm, double value) {
        double threshold = alarm.threshold() instanceof Number number
                ? number.doubleValue()
                : THRESHOLDS.get(alarm.threshold().toString());
        return switch (alarm.comparison()) {
            case "GreaterThanThreshold" -> value > threshold;
            case "GreaterThanOrEqualToThreshold" -> value >= threshold;
            case "LessThanThreshold" -> value < threshold;
            default -> throw new IllegalArgumentException(alarm.comparison());
        };
    }
}
