package dev.attache.monitoring;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A worker's answer to Prometheus, in Prometheus's text format ("Exposition formats").
 *
 * @param series as {@code name{label="value",…}}
 */
record Scrape(List<String> series) {

    private static final Pattern LINE = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*(?:\\{.*\\})?) (\\S+)");

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    /** The labels that Prometheus adds. */
    private static final String OF_TARGET = "instance=\"a\", job=\"attache\"";

    static Scrape of(String text) {
        return new Scrape(
                LINE.matcher(text).results().map(line -> line.group(1)).toList());
    }

    /** The labels of each metric; for a metric with several sets of labels, all of them. */
    Map<String, Set<String>> labels() {
        Map<String, Set<String>> labels = new TreeMap<>();
        series.forEach(one -> labels.computeIfAbsent(name(one), any -> new TreeSet<>())
                .addAll(LABEL.matcher(one)
                        .results()
                        .map(label -> label.group(1))
                        .collect(Collectors.toSet())));
        return labels;
    }

    boolean hasValue(String metric, String label, String value) {
        return series.stream()
                .filter(one -> name(one).equals(metric))
                .anyMatch(one -> one.contains(label + "=\"" + value + "\""));
    }

    private static String name(String one) {
        return one.replaceFirst("\\{.*", "");
    }

    /** The series as Prometheus would store them, all with a value of 1, for a test with promtool. */
    String asInput() {
        return series.stream()
                .map(one -> one.contains("{")
                        ? one.substring(0, one.lastIndexOf('}')).replaceFirst(",$", "") + ", " + OF_TARGET + "}"
                        : one + "{" + OF_TARGET + "}")
                .map(one -> "- {series: '" + one.replace("'", "''") + "', values: '1x20'}")
                .collect(Collectors.joining("\n"));
    }
}
