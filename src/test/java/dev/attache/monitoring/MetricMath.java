package dev.attache.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * Evaluates expressions as CloudWatch does, because no emulator can: the operators and functions that our alarms and
 * scaling policies use, with the rules for missing data points (Amazon CloudWatch User Guide, "Using math expressions
 * with CloudWatch metrics": "Basic arithmetic functions", "Comparison and logical operators", "Using IF expressions",
 * and FILL, DIFF, MAX and SUM in the table of functions).
 *
 * <p>Some cases are not documented. They are decided either way by {@link Undocumented}, and tests evaluate an
 * expression with both: none of ours may depend on them.
 */
final class MetricMath {

    /** What happens in cases that the documentation does not mention. */
    enum Undocumented {
        /**
         * No data point where a compared or collected series has none; FILL leaves a series empty that has none at all.
         */
        DROPPED,
        /** A missing data point counts as 0; FILL fills a series that has no data point at all. */
        COUNTED
    }

    /** The value of an expression. */
    sealed interface Result {}

    record Scalar(double value) implements Result {}

    /** @param points by period, which are numbered; some may be missing */
    record Series(SortedMap<Integer, Double> points) implements Result {

        /** @param values separated by spaces, in the order of time; {@code -} is missing */
        static Series of(String values) {
            SortedMap<Integer, Double> points = new TreeMap<>();
            String[] texts = values.strip().split("\\s+");
            IntStream.range(0, texts.length)
                    .filter(it -> !texts[it].equals("-"))
                    .forEach(it -> points.put(it, Double.valueOf(texts[it])));
            return new Series(points);
        }
    }

    private record SeriesList(List<Series> series) implements Result {}

    private final Undocumented undocumented;

    private final int periods;

    private final Map<String, Series> metrics;

    /** @param periods how many periods are evaluated */
    MetricMath(Undocumented undocumented, int periods, Map<String, Series> metrics) {
        this.undocumented = undocumented;
        this.periods = periods;
        this.metrics = metrics;
    }

    /** @throws IllegalArgumentException if the expression is invalid, or its value is not a single time series */
    Series evaluate(String expression) {
        MetricMathParser parser = new MetricMathParser(expression, this);
        if (parser.parse() instanceof Series series) {
            return series;
        }
        throw new IllegalArgumentException(
                expression + " is not a time series, which the result of an expression must be");
    }

    Result metric(String id) {
        if (!metrics.containsKey(id)) {
            throw new IllegalArgumentException("There is no metric " + id);
        }
        return metrics.get(id);
    }

    static Result list(List<Result> values) {
        return new SeriesList(values.stream().map(Series.class::cast).toList());
    }

    Result arithmetic(char operator, Result left, Result right) {
        return switch (operator) {
            case '+' -> combined(left, right, (a, b) -> a + b);
            case '-' -> combined(left, right, (a, b) -> a - b);
            case '*' -> combined(left, right, (a, b) -> a * b);
            // "If the value of a data point causes a function to attempt to divide by zero, the data point is dropped."
            case '/' -> combined(left, right, (a, b) -> b == 0 ? Double.NaN : a / b);
            default -> throw new IllegalArgumentException("Unknown operator " + operator);
        };
    }

    Result comparison(String operator, Result left, Result right) {
        DoubleBinaryOperator compare = switch (operator) {
            case ">" -> (a, b) -> a > b ? 1 : 0;
            case "<" -> (a, b) -> a < b ? 1 : 0;
            case ">=" -> (a, b) -> a >= b ? 1 : 0;
            case "<=" -> (a, b) -> a <= b ? 1 : 0;
            case "==" -> (a, b) -> a == b ? 1 : 0;
            case "!=" -> (a, b) -> a != b ? 1 : 0;
            default -> throw new IllegalArgumentException("Unknown operator " + operator);
        };
        // Of two series, "the function treats the missing value in the other time series as 0". Of one, nothing is
        // said.
        return combined(ifCounted(left, right), ifCounted(right, left), compare);
    }

    Result logical(boolean and, Result left, Result right) {
        return combined(left, right, (a, b) -> (and ? a != 0 && b != 0 : a != 0 || b != 0) ? 1 : 0);
    }

    Result function(String name, List<Result> arguments) {
        return switch (name) {
            case "IF" -> when(arguments);
            case "FILL" -> fill((Series) arguments.get(0), ((Scalar) arguments.get(1)).value());
            case "DIFF" -> difference((Series) arguments.getFirst());
            case "MAX" -> collected(arguments.getFirst(), Math::max);
            case "SUM" -> collected(arguments.getFirst(), Double::sum);
            default -> throw new IllegalArgumentException("Unknown function " + name);
        };
    }

    /** Where the condition has no data point, there is none; where it is true and the value has none, it is 0. */
    private Result when(List<Result> arguments) {
        Series condition = (Series) arguments.get(0);
        SortedMap<Integer, Double> result = new TreeMap<>();
        condition.points().forEach((period, truth) -> {
            if (truth != 0) {
                result.put(period, at(arguments.get(1), period, 0));
            } else if (arguments.size() > 2) {
                put(result, period, at(arguments.get(2), period, Double.NaN));
            }
        });
        return new Series(result);
    }

    private Series fill(Series series, double filler) {
        if (series.points().isEmpty() && undocumented == Undocumented.DROPPED) {
            return series;
        }
        SortedMap<Integer, Double> result = new TreeMap<>();
        allPeriods().forEach(period -> result.put(period, at(series, period, filler)));
        return new Series(result);
    }

    /** "Returns the difference between each value in the time series and the preceding value from that time series." */
    private static Series difference(Series series) {
        SortedMap<Integer, Double> result = new TreeMap<>();
        List<Integer> times = new ArrayList<>(series.points().keySet());
        for (int i = 1; i < times.size(); i++) {
            result.put(
                    times.get(i),
                    series.points().get(times.get(i)) - series.points().get(times.get(i - 1)));
        }
        return new Series(result);
    }

    private Series collected(Result list, BinaryOperator<Double> collect) {
        List<Series> all = ((SeriesList) list).series();
        SortedMap<Integer, Double> result = new TreeMap<>();
        for (int period : periodsOf(all)) {
            result.put(
                    period,
                    all.stream()
                            .filter(it -> undocumented == Undocumented.COUNTED
                                    || it.points().containsKey(period))
                            .map(it -> at(it, period, 0))
                            .reduce(collect)
                            .orElseThrow());
        }
        return new Series(result);
    }

    /**
     * "Missing values in a time series are treated as 0." Not where all of them are missing: there is no data point
     * then.
     */
    private static Result combined(Result left, Result right, DoubleBinaryOperator operator) {
        if (left instanceof Scalar a && right instanceof Scalar b) {
            return new Scalar(operator.applyAsDouble(a.value(), b.value()));
        }
        List<Series> series = new ArrayList<>();
        for (Result value : List.of(left, right)) {
            if (value instanceof Series it) {
                series.add(it);
            }
        }
        SortedMap<Integer, Double> result = new TreeMap<>();
        for (int period : periodsOf(series)) {
            put(result, period, operator.applyAsDouble(at(left, period, 0), at(right, period, 0)));
        }
        return new Series(result);
    }

    /** A series that is compared with a number, with its missing data points as 0 if they are counted. */
    private Result ifCounted(Result value, Result other) {
        return undocumented == Undocumented.COUNTED && value instanceof Series series && other instanceof Scalar
                ? fill(series, 0)
                : value;
    }

    private static SortedSet<Integer> periodsOf(List<Series> all) {
        SortedSet<Integer> periods = new TreeSet<>();
        all.forEach(it -> periods.addAll(it.points().keySet()));
        return periods;
    }

    private IntStream allPeriods() {
        return IntStream.range(0, periods);
    }

    private static double at(Result value, int period, double missing) {
        return switch (value) {
            case Scalar scalar -> scalar.value();
            case Series series -> series.points().getOrDefault(period, missing);
            case SeriesList list -> throw new IllegalArgumentException("A list is no single time series");
        };
    }

    private static void put(SortedMap<Integer, Double> points, int period, double value) {
        if (!Double.isNaN(value)) {
            points.put(period, value);
        }
    }
}
