package dev.attache.console.web;

import dev.attache.queues.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A small diagram of the messages in a queue during the last hour, waiting and in flight, as an SVG of 120 by 30.
 *
 * @param line the points of the line; empty if there are too few samples
 * @param area the points of the area below it
 * @param description the diagram in words
 */
public record Sparkline(String line, String area, String description) {

    static final Duration HOUR = Duration.ofHours(1);

    private static final double WIDTH = 120;

    private static final double BOTTOM = 29;

    private static final double TOP = 2;

    /** @param samples the oldest first */
    static Sparkline of(List<Sample> samples) {
        if (samples.size() < 2) {
            return new Sparkline("", "", "No history yet");
        }
        Instant end = samples.getLast().at();
        long most = samples.stream().mapToLong(Sparkline::messages).max().orElse(0);
        long least = samples.stream().mapToLong(Sparkline::messages).min().orElse(0);
        String line = samples.stream()
                .map(sample -> point(sample, end, Math.max(1, most)))
                .collect(Collectors.joining(" "));
        String first = line.substring(0, line.indexOf(','));
        return new Sparkline(
                line,
                "%s,%.0f %s %.0f,%.0f".formatted(first, BOTTOM, line, WIDTH, BOTTOM),
                String.format(
                        Locale.ENGLISH,
                        "Messages in the last hour: %,d at least, %,d at most, %,d now",
                        least,
                        most,
                        messages(samples.getLast())));
    }

    /** Whether there is anything to draw. */
    public boolean drawn() {
        return !line.isEmpty();
    }

    private static long messages(Sample sample) {
        return sample.visible() + sample.inFlight();
    }

    private static String point(Sample sample, Instant end, long most) {
        double age = Math.min(1, Duration.between(sample.at(), end).toMillis() / (double) HOUR.toMillis());
        double height = (BOTTOM - TOP) * messages(sample) / most;
        return String.format(Locale.ENGLISH, "%.1f,%.1f", WIDTH * (1 - age), BOTTOM - height);
    }
}
