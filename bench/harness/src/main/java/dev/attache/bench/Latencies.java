package dev.attache.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The times of single messages from arrival to publication, in milliseconds, in ascending order. */
record Latencies(double[] sorted) {

    /** The latencies of several measurements. */
    Latencies(List<double[]> all) {
        this(all.stream().flatMapToDouble(Arrays::stream).sorted().toArray());
    }

    double median() {
        return at(50);
    }

    double ninetyNinth() {
        return at(99);
    }

    private double at(int percentile) {
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length * percentile / 100];
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.1f ms (99th percentile %.1f) of %d", median(), ninetyNinth(), sorted.length);
    }
}
