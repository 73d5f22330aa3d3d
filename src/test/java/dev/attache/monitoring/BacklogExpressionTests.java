package dev.attache.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.monitoring.MetricMath.Series;
import dev.attache.monitoring.MetricMath.Undocumented;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The services on ECS scale by the backlog for each task, and hold still while more tasks would not help. Target
 * tracking adds tasks above the target and removes them below it ("Target tracking scaling policies for Application
 * Auto Scaling").
 */
class BacklogExpressionTests {

    private static final Map<String, Object> FILE =
            Alarms.yaml(Path.of("infra/terraform/modules/service/backlog.yaml"));

    private static final int TARGET = 1000;

    @ParameterizedTest
    @CsvSource({"5000, 2, 2500", "2000, 2, 1000", "100, 2, 50", "0, 2, 0", "-, 2, 0"})
    void theBacklogIsDividedByTheRunningTasks(String visible, String tasks, String expected) {
        assertThat(evaluate(visible, tasks, "0", "0")).isEqualTo(Series.of(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "5000", "-"})
    void nothingChangesWhileTheInputIsPaused(String visible) {
        assertThat(evaluate(visible, "2", "1", "0")).isEqualTo(Series.of("1000"));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 2", "5000, 1", "5000, 2", "-, 2"})
    void nothingChangesWhileTheGateIsClosedOrProbes(String visible, String gate) {
        assertThat(evaluate(visible, "2", "0", gate)).isEqualTo(Series.of("1000"));
    }

    @ParameterizedTest
    @CsvSource({"-, 0", "0, -", "-, -"})
    void thereIsNoDataPointWhileNoWorkerHasReportedItsInput(String paused, String gate) {
        assertThat(evaluate("5000", "2", paused, gate).points()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-"})
    void thereIsNoDataPointWithoutARunningTask(String tasks) {
        assertThat(evaluate("5000", tasks, "0", "0").points()).isEmpty();
    }

    /** The state of a minute counts for this minute only. */
    @Test
    void theMinutesAreIndependent() {
        assertThat(evaluate("5000 5000 5000 0", "2 2 2 2", "0 1 0 0", "0 0 2 0"))
                .isEqualTo(Series.of("2500 1000 1000 0"));
    }

    /** Application Auto Scaling makes two alarms of a policy, and an alarm may have ten metrics. */
    @Test
    void aPolicyFitsIntoAnAlarm() {
        assertThat((Map<?, ?>) FILE.get("metrics")).hasSizeLessThanOrEqualTo(10);
    }

    private static Series evaluate(String visible, String tasks, String paused, String gate) {
        Map<String, Series> metrics = Map.of(
                "visible", Series.of(visible),
                "tasks", Series.of(tasks),
                "paused", Series.of(paused),
                "gate", Series.of(gate));
        assertThat(metrics)
                .containsOnlyKeys(((Map<?, ?>) FILE.get("metrics"))
                        .keySet().stream().map(Object::toString).toArray(String[]::new));
        String expression = ((String) FILE.get("expression")).replace("{target}", String.valueOf(TARGET));
        Series dropped = new MetricMath(Undocumented.DROPPED, 4, metrics).evaluate(expression);
        assertThat(new MetricMath(Undocumented.COUNTED, 4, metrics).evaluate(expression))
                .as("where nothing is documented")
                .isEqualTo(dropped);
        return dropped;
    }
}
