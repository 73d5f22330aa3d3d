package dev.attache.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.monitoring.MetricMath.Series;
import dev.attache.monitoring.MetricMath.Undocumented;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link MetricMath} computes the examples of the Amazon CloudWatch User Guide. */
class MetricMathTests {

    private static final int PERIODS = 5;

    /** The table in "Comparison and logical operators". */
    @ParameterizedTest
    @CsvSource({
        "metric1 < metric2,                 0 0 1 0",
        "metric1 >= 30,                     1 0 0 0",
        "metric1 > 15 AND metric2 > 15,     1 0 0 0"
    })
    void comparisonsAreThoseOfTheDocumentation(String expression, String expected) {
        Map<String, Series> metrics = Map.of("metric1", Series.of("30 20 0 0"), "metric2", Series.of("20 - 20 -"));

        for (Undocumented undocumented : Undocumented.values()) {
            assertThat(new MetricMath(undocumented, 4, metrics).evaluate(expression))
                    .isEqualTo(Series.of(expected));
        }
    }

    /** The tables in "Using IF expressions". */
    @ParameterizedTest
    @CsvSource({
        "'IF(metric1, metric2, metric3)', 30 - 0 0 30, 0 0 20 - 20, 30 0 20 - -",
        "'IF(metric1, 5, metric3)',       30 - 0 0 30, 0 0 20 - 20, 5 5 20 - -",
        "'IF(metric1, metric2, 5)',       30 - 0 0 30, 0 0 20 - 20, 30 0 5 5 -",
        "'IF(metric1, metric2)',          30 - 0 0 30, 0 0 20 - 20, 30 0 - - -"
    })
    void conditionsAreThoseOfTheDocumentation(String expression, String metric2, String metric3, String expected) {
        Map<String, Series> metrics =
                Map.of("metric1", Series.of("1 1 0 0 -"), "metric2", Series.of(metric2), "metric3", Series.of(metric3));

        for (Undocumented undocumented : Undocumented.values()) {
            assertThat(evaluate(undocumented, expression, metrics)).isEqualTo(Series.of(expected));
        }
    }

    /** "Missing values in a time series are treated as 0"; a data point that would be divided by zero is dropped. */
    @ParameterizedTest
    @EnumSource
    void missingValuesAreZeroInArithmeticAndDivisionsByZeroAreDropped(Undocumented undocumented) {
        Map<String, Series> metrics = Map.of("a", Series.of("6 6 - - 6"), "b", Series.of("3 - 3 - 0"));

        assertThat(evaluate(undocumented, "a + b", metrics)).isEqualTo(Series.of("9 6 3 - 6"));
        assertThat(evaluate(undocumented, "a / b", metrics)).isEqualTo(Series.of("2 - 0 - -"));
        assertThat(evaluate(undocumented, "2 * (a - 1)", metrics)).isEqualTo(Series.of("10 10 - - 10"));
    }

    @ParameterizedTest
    @EnumSource
    void seriesAreFilledDifferencedAndCollected(Undocumented undocumented) {
        Map<String, Series> metrics = Map.of("a", Series.of("1 - 4 2 -"), "b", Series.of("0 5 - 3 -"));

        assertThat(evaluate(undocumented, "FILL(a, 7)", metrics)).isEqualTo(Series.of("1 7 4 2 7"));
        assertThat(evaluate(undocumented, "DIFF(a)", metrics)).isEqualTo(Series.of("- - 3 -2 -"));
        assertThat(evaluate(undocumented, "SUM([a, b])", metrics)).isEqualTo(Series.of("1 5 4 5 -"));
        assertThat(evaluate(undocumented, "MAX([a, b])", metrics)).isEqualTo(Series.of("1 5 4 3 -"));
    }

    /** "The final result of any math expression must be a single time series or an array of time series." */
    @Test
    void aNumberAnUnknownMetricAndAnUnfinishedExpressionAreInvalid() {
        Map<String, Series> metrics = Map.of("a", Series.of("1"));

        for (String expression : new String[] {"1 + 1", "b", "IF(a, 1", "a a", "a +", "a $ a"}) {
            assertThatThrownBy(() -> evaluate(Undocumented.DROPPED, expression, metrics))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Series evaluate(Undocumented undocumented, String expression, Map<String, Series> metrics) {
        return new MetricMath(undocumented, PERIODS, metrics).evaluate(expression);
    }
}
