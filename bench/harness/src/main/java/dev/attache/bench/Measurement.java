package dev.attache.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** One subject with its own emulator. */
final class Measurement implements AutoCloseable {

    private static final int EMULATOR_CORE = 0;

    static final Core SUBJECT_CORE = new Core(1);

    private static final int LATENCY_PAUSE = 30;

    private static final long START_AT_MOST = 120_000;

    private final Aws aws;

    private final Path log;

    private final MeasuredProcess process;

    private final String name;

    private final long startMillis;

    /** @param cpuMillis since the process began, like the deleted messages */
    record Progress(long cpuMillis, long deleted, boolean done) {

        double cpuPerThousandSince(Progress before) {
            return (cpuMillis - before.cpuMillis) * 1000.0 / (deleted - before.deleted);
        }
    }

    /** The cost of one backlog. */
    record Cost(
            double perSecond, double cpuPerThousand, double callsPerMessage, double emulatorBusy, long publications) {}

    /** Runs emulator and subject on a core each. */
    static Measurement pinned(String name, Settings settings) throws InterruptedException {
        return new Measurement(name, EMULATOR_CORE, SUBJECT_CORE.number(), settings);
    }

    /** Runs the subject on all cores, as processes usually do. */
    static Measurement unpinned(String name, Settings settings) throws InterruptedException {
        return new Measurement(name, MeasuredProcess.ANY_CORE, MeasuredProcess.ANY_CORE, settings);
    }

    private Measurement(String name, int emulatorCore, int subjectCore, Settings settings) throws InterruptedException {
        this.name = name;
        Path logs = Path.of("target");
        aws = new Aws(emulatorCore, logs.resolve("emulator-" + name + ".log"));
        log = logs.resolve(name + ".log");
        try {
            Subject subject = Subject.of(name, aws.endpoints(), settings);
            process = MeasuredProcess.start(subjectCore, log, subject.environment(), subject.command());
        } catch (RuntimeException e) {
            aws.close();
            throw e;
        }
        try {
            startMillis = awaitFirstReceive() - process.started();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private long awaitFirstReceive() throws InterruptedException {
        while (true) {
            long first = aws.stats().get("firstReceive");
            if (first > 0) {
                return first;
            }
            process.requireAlive(log);
            if (System.currentTimeMillis() - process.started() > START_AT_MOST) {
                throw new IllegalStateException(name + " has received nothing; see " + log);
            }
            Thread.sleep(20);
        }
    }

    String name() {
        return name;
    }

    long startMillis() {
        return startMillis;
    }

    long peakResidentMiB() {
        return process.peakResidentMiB();
    }

    Aws aws() {
        return aws;
    }

    Path log() {
        return log;
    }

    MeasuredProcess process() {
        return process;
    }

    /** Fills the queue and waits until it is empty. */
    Cost run(String kind, long count, long publicationsExpected) throws InterruptedException {
        long cpu = process.cpuMillis();
        long emulatorCpu = aws.process().cpuMillis();
        Map<String, Long> before = aws.fill(kind, count);
        Map<String, Long> after = awaitDone();
        long cpuUsed = process.cpuMillis() - cpu;
        double seconds = (after.get("nanos") - before.get("nanos")) / 1e9;
        long distinct = after.get("distinct") - before.get("distinct");
        if (distinct != publicationsExpected) {
            throw new IllegalStateException("%s published %d of %d".formatted(name, distinct, publicationsExpected));
        }
        return new Cost(
                count / seconds,
                cpuUsed * 1000.0 / count,
                (calls(after) - calls(before)) / (double) count,
                (aws.process().cpuMillis() - emulatorCpu) / 1000.0 / seconds,
                after.get("publications") - before.get("publications"));
    }

    /** Fills the queue without waiting. */
    void fill(String kind, long count) {
        aws.fill(kind, count);
    }

    /** The progress of the subject. */
    Progress progress() {
        Map<String, Long> stats = aws.stats();
        return new Progress(process.cpuMillis(), stats.get("deleted"), stats.get("done") == 1);
    }

    Map<String, Long> awaitDone() throws InterruptedException {
        while (true) {
            Map<String, Long> stats = aws.stats();
            if (stats.get("done") == 1) {
                return stats;
            }
            process.requireAlive(log);
            Thread.sleep(20);
        }
    }

    private static long calls(Map<String, Long> stats) {
        return stats.entrySet().stream()
                .filter(entry -> isCall(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * Whether a count is one of calls. Names of AWS calls begin with a capital letter, the emulator's other counts with
     * a small one.
     */
    static boolean isCall(String count) {
        return Character.isUpperCase(count.charAt(0));
    }

    Map<String, Long> stats() {
        return aws.stats();
    }

    /** In milliseconds. */
    double[] latencies(int count) {
        return Arrays.stream(aws.latencies(count, LATENCY_PAUSE))
                .mapToDouble(nanos -> nanos / 1e6)
                .toArray();
    }

    @Override
    public void close() {
        process.close();
        aws.close();
    }
}
