package dev.attache.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures the subjects, and prints tables: each figure of the worker, the same figure of the others, and the ratio.
 */
public final class Bench {

    static final String DOWNLOAD = "download";

    private static final int MESSAGES = 60_000;

    /** How long the JIT compilers need; Python has none. */
    private static final int WARM_UP = 250_000;

    private static final int PYTHONS_WARM_UP = 5_000;

    private static final int AUDIENCES_TO_WARM_UP = 25;

    private final Settings settings;

    private Bench(Settings settings) {
        this.settings = settings;
    }

    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.of(arguments);
        Files.createDirectories(Path.of("target"));
        Bench bench = new Bench(settings);
        System.out.printf(
                "%d processors, %s, Java %s%n",
                Runtime.getRuntime().availableProcessors(),
                MeasuredProcess.pins() ? "emulator and subject on one each" : "nothing pinned",
                Runtime.version());
        bench.compare();
        bench.compareAtOnce();
        MailBench mails = new MailBench(settings);
        mails.compare();
        mails.lists();
        bench.starts();
        bench.audience();
        bench.growth();
    }

    /**
     * All subjects in each round, not all rounds of each subject, so that changes in the speed of the machine affect
     * all.
     */
    private void compare() throws InterruptedException {
        List<String> subjects = new ArrayList<>(settings.list("subjects", "worker,plain,boto3"));
        if (subjects.contains(Subject.BOTO3) && !hasBoto3()) {
            System.out.println("boto3 is left out: python3 cannot import it.");
            subjects.remove(Subject.BOTO3);
        }
        Map<String, List<Figures>> all = new LinkedHashMap<>();
        int rounds = settings.number("rounds", 3);
        for (int round = 0; round < rounds; round++) {
            for (String name : subjects) {
                all.computeIfAbsent(name, subject -> new ArrayList<>()).add(measure(name));
            }
        }
        Map<String, Figures> medians = new LinkedHashMap<>();
        if (all.isEmpty()) {
            return;
        }
        all.forEach((name, figures) -> medians.put(name, Figures.median(figures)));
        System.out.printf(
                "%nThe round with the median CPU time of %d, %,d messages after %,d to warm up; latencies of all"
                        + " rounds%n%n",
                rounds, settings.number("messages", MESSAGES), settings.number("warm-up", WARM_UP));
        Table.print(medians, Figures.ROWS);
    }

    /** Compares the first subject with each of the others. */
    private void compareAtOnce() throws InterruptedException {
        List<String> names = settings.list("at-once", "");
        for (String other : names.subList(Math.min(1, names.size()), names.size())) {
            String first = names.getFirst();
            try (Measurement one = Measurement.pinned(first, settings);
                    Measurement two = Measurement.pinned(other, settings)) {
                SimultaneousComparison both = new SimultaneousComparison(one, two);
                both.compare(
                        settings.number("warm-up", WARM_UP),
                        settings.number("messages", MESSAGES),
                        settings.number("rounds", 3));
                both.latencies(settings.number("latencies", 200));
            }
        }
    }

    private Figures measure(String name) throws InterruptedException {
        try (Measurement measurement = Measurement.pinned(name, settings)) {
            int warmUp = settings.number("warm-up", WARM_UP);
            if (name.equals(Subject.BOTO3)) {
                warmUp = Math.min(warmUp, PYTHONS_WARM_UP);
            }
            long messages = settings.number("messages", MESSAGES);
            measurement.run(DOWNLOAD, warmUp, warmUp);
            Map<String, Long> before = measurement.stats();
            long begin = System.nanoTime();
            long stolen = Measurement.SUBJECT_CORE.stolenMillis();
            Measurement.Cost cost = measurement.run(DOWNLOAD, messages, messages);
            double share = (Measurement.SUBJECT_CORE.stolenMillis() - stolen) * 1e6 / (System.nanoTime() - begin);
            Map<String, Long> after = measurement.stats();
            Latencies latencies = new Latencies(List.of(measurement.latencies(settings.number("latencies", 200))));
            Figures figures = new Figures(
                    name,
                    cost.perSecond(),
                    cost.cpuPerThousand(),
                    cost.callsPerMessage(),
                    latencies,
                    measurement.peakResidentMiB(),
                    measurement.startMillis(),
                    cost.emulatorBusy(),
                    share);
            System.out.println(figures);
            StringBuilder calls = new StringBuilder("  calls:");
            after.forEach((call, count) -> {
                long more = count - before.getOrDefault(call, 0L);
                if (more > 0 && Measurement.isCall(call)) {
                    calls.append(" %s %d".formatted(call, more));
                }
            });
            System.out.println(calls);
            return figures;
        }
    }

    private static boolean hasBoto3() {
        try {
            return new ProcessBuilder("python3", "-c", "import boto3")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void starts() throws InterruptedException {
        int starts = settings.number("starts", 3);
        if (starts == 0) {
            return;
        }
        for (String name : List.of(Subject.WORKER, Subject.WORKER_WITH_CACHE)) {
            long[] millis = new long[starts];
            for (int start = 0; start < starts; start++) {
                try (Measurement measurement = Measurement.unpinned(name, settings)) {
                    millis[start] = measurement.startMillis();
                }
            }
            System.out.printf("%s, start to first poll: %s ms%n", name, Arrays.toString(millis));
        }
    }

    /** Twenty requests for five hundred people each, and one with a list of ten thousand. */
    private void audience() throws InterruptedException {
        int rounds = settings.number("audience", 3);
        if (rounds == 0) {
            return;
        }
        try (Measurement measurement = Measurement.pinned(Subject.WORKER, settings)) {
            for (int round = 0; round < AUDIENCES_TO_WARM_UP; round++) {
                measurement.run("five-hundred", 20, 10_000);
                measurement.run("list", 1, 10_000);
            }
            double allNamed = 0;
            double allListed = 0;
            for (int round = 0; round < rounds; round++) {
                double named = measurement.run("five-hundred", 20, 10_000).cpuPerThousand() * 20 / 1000;
                double listed = measurement.run("list", 1, 10_000).cpuPerThousand() / 1000;
                allNamed += named;
                allListed += listed;
                System.out.printf(
                        Locale.ROOT,
                        "10,000 people: %.0f ms of CPU as twenty requests, %.0f ms as a list, ratio %.2f%n",
                        named,
                        listed,
                        listed / named);
            }
            System.out.printf(
                    Locale.ROOT,
                    "all rounds: %.0f and %.0f ms, ratio %.2f%n",
                    allNamed,
                    allListed,
                    allListed / allNamed);
        }
    }

    /** Measures one process with a small backlog, a large one, and the small one again. */
    private void growth() throws InterruptedException {
        int large = settings.number("growth", 0);
        if (large == 0) {
            return;
        }
        int small = 10_000;
        try (Measurement measurement = Measurement.pinned(Subject.WORKER, settings)) {
            int warmUp = settings.number("warm-up", WARM_UP);
            measurement.run(DOWNLOAD, warmUp, warmUp);
            for (int size : new int[] {small, small, small, large, small, small, small}) {
                Measurement.Cost cost = measurement.run(DOWNLOAD, size, size);
                System.out.printf(
                        Locale.ROOT,
                        "backlog %,d: %.0f messages per CPU second, heap in use %s, resident %d MiB (peak %d)%n",
                        size,
                        1_000_000 / cost.cpuPerThousand(),
                        Heap.inUse(measurement.process().process().pid()),
                        measurement.process().residentMiB(),
                        measurement.peakResidentMiB());
            }
        }
    }
}
