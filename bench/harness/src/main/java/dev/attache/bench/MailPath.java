package dev.attache.bench;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Sends requests to a subject, and waits until the relay has received each of their mails once. */
record MailPath(Measurement measurement) {

    /** A subject that makes no progress for this long has failed. */
    private static final Duration STALLED = Duration.ofSeconds(120);

    /** How long a mail may be missing after the queues are empty: the emulator does not count both in one step. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private static final int POLL_MILLIS = 20;

    /**
     * Measures a backlog.
     *
     * @param kind the name of one of the emulator's backlogs
     * @param mails how many mails follow from them
     * @throws IllegalStateException if a mail is missing, was sent twice, or was sent to an address that should get
     *     none
     */
    MailFigures run(String kind, long requests, long mails) throws InterruptedException {
        MeasuredProcess process = measurement.process();
        MeasuredProcess emulator = measurement.aws().process();
        long cpu = process.cpuMillis();
        long emulatorCpu = emulator.cpuMillis();
        long stolen = Measurement.SUBJECT_CORE.stolenMillis();
        Map<String, Long> before = measurement.aws().fill(kind, requests);
        Map<String, Long> after = awaitAll(before, mails);
        double seconds = (after.get("nanos") - before.get("nanos")) / 1e9;
        long cpuUsed = process.cpuMillis() - cpu;
        double emulatorSeconds = (emulator.cpuMillis() - emulatorCpu) / 1000.0;
        requireEachOnce(before, measurement.stats(), mails);
        return new MailFigures(
                measurement.name(),
                mails,
                seconds,
                cpuUsed / (double) mails,
                more(before, after, call -> call.startsWith("S3 ")) / (double) mails,
                more(before, after, Measurement::isCall) / (double) mails,
                more(before, after, "smtpConnections"::equals) / (double) mails,
                more(before, after, "mailBytes"::equals) / (double) mails,
                measurement.peakResidentMiB(),
                emulatorSeconds / seconds,
                (Measurement.SUBJECT_CORE.stolenMillis() - stolen) / 1000.0 / seconds);
    }

    private Map<String, Long> awaitAll(Map<String, Long> before, long mails) throws InterruptedException {
        long progress = -1;
        long progressAt = System.nanoTime();
        while (true) {
            Map<String, Long> stats = measurement.stats();
            boolean empty = stats.get("done") == 1;
            if (empty && more(before, stats, "mailsDistinct"::equals) >= mails) {
                return stats;
            }
            measurement.process().requireAlive(measurement.log());
            long now = stats.get("mails") + stats.get("received") + stats.get("deleted");
            if (now != progress) {
                progress = now;
                progressAt = System.nanoTime();
            }
            Duration idle = Duration.ofNanos(System.nanoTime() - progressAt);
            if (idle.compareTo(empty ? SETTLED : STALLED) > 0) {
                throw failure(before, stats, mails, "made no progress for " + idle.toSeconds() + " s");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Counted again after the end, so that mails after the last expected one are counted too. */
    private void requireEachOnce(Map<String, Long> before, Map<String, Long> after, long mails) {
        if (after.get("done") != 1
                || more(before, after, "mailsDistinct"::equals) != mails
                || more(before, after, "mails"::equals) != mails) {
            throw failure(before, after, mails, "did not send each mail once");
        }
    }

    private IllegalStateException failure(Map<String, Long> before, Map<String, Long> after, long mails, String what) {
        Map<String, Long> open = new TreeMap<>(after);
        open.keySet().removeIf(name -> !name.startsWith("open "));
        return new IllegalStateException(
                "%s %s: %,d of %,d recipients have their mail, %,d mails are duplicates, %,d have an unexpected recipient, not empty: %s; see %s"
                        .formatted(
                                measurement.name(),
                                what,
                                more(before, after, "mailsDistinct"::equals),
                                mails,
                                more(before, after, "mailsDuplicate"::equals),
                                more(before, after, "mailsUnexpected"::equals),
                                open,
                                measurement.log()));
    }

    private static long more(Map<String, Long> before, Map<String, Long> after, Predicate<String> counts) {
        return after.entrySet().stream()
                .filter(entry -> counts.test(entry.getKey()))
                .mapToLong(entry -> entry.getValue() - before.getOrDefault(entry.getKey(), 0L))
                .sum();
    }
}
