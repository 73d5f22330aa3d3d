package dev.attache.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs two subjects on one core at the same time, so that other load on the machine affects both. Compares only their
 * CPU time for each message, and only while both work.
 */
record SimultaneousComparison(Measurement one, Measurement two) {

    private static final int TURNS = 5;

    void compare(long warmUp, long messages, int rounds) throws InterruptedException {
        round(warmUp, "the first");
        double ones = 0;
        double twos = 0;
        for (int round = 0; round < rounds; round++) {
            double[] costs = round(messages, "then");
            ones += costs[0];
            twos += costs[1];
        }
        System.out.printf(
                Locale.ROOT,
                "all rounds: %.0f and %.0f ms of CPU per 1,000, ratio %.2f%n",
                ones / rounds,
                twos / rounds,
                ones / twos);
    }

    /** Measures until one of them has no more messages. */
    private double[] round(long messages, String which) throws InterruptedException {
        Measurement.Progress oneBefore = one.progress();
        Measurement.Progress twoBefore = two.progress();
        one.fill(Bench.DOWNLOAD, messages);
        two.fill(Bench.DOWNLOAD, messages);
        Measurement.Progress oneAfter;
        Measurement.Progress twoAfter;
        do {
            Thread.sleep(20);
            oneAfter = one.progress();
            twoAfter = two.progress();
        } while (!oneAfter.done() && !twoAfter.done());
        double[] costs = {oneAfter.cpuPerThousandSince(oneBefore), twoAfter.cpuPerThousandSince(twoBefore)};
        System.out.printf(
                Locale.ROOT,
                "%s and %s at once, %s %,d messages: %.0f and %.0f ms of CPU per 1,000, ratio %.2f%n",
                one.name(),
                two.name(),
                which,
                messages,
                costs[0],
                costs[1],
                costs[0] / costs[1]);
        one.awaitDone();
        two.awaitDone();
        return costs;
    }

    /** The latencies of single messages, while the other subject is idle. */
    void latencies(int each) {
        List<double[]> ones = new ArrayList<>();
        List<double[]> twos = new ArrayList<>();
        for (int turn = 0; turn < TURNS && each > 0; turn++) {
            ones.add(one.latencies(each));
            twos.add(two.latencies(each));
        }
        System.out.printf(
                "in %d turns, one by one: %s %s; %s %s%n",
                ones.size(), one.name(), new Latencies(ones), two.name(), new Latencies(twos));
    }
}
