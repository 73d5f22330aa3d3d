package dev.attache.bench;

import java.util.Comparator;
import java.util.List;

/**
 * The figures of one subject.
 *
 * @param perSecond messages
 * @param cpuPerThousand milliseconds of user and system time per 1,000 messages
 * @param callsPerMessage receive, publish, delete, visibility and all others
 * @param residentMiB the highest resident set size, with the backlog
 * @param startMillis from the start of the process to its first receive
 * @param emulatorBusy the share of its core that the emulator used meanwhile; near one, the emulator limits the figures
 * @param stolen the share of the subject's core that the host gave to other machines meanwhile, as far as the host
 *     reports it
 */
record Figures(
        String name,
        double perSecond,
        double cpuPerThousand,
        double callsPerMessage,
        Latencies latencies,
        long residentMiB,
        long startMillis,
        double emulatorBusy,
        double stolen) {

    static final List<Table.Row<Figures>> ROWS = List.of(
            new Table.Row<>("messages a second", "%,.0f", Figures::perSecond),
            new Table.Row<>("CPU ms per 1,000 messages", "%,.0f", Figures::cpuPerThousand),
            new Table.Row<>("AWS calls per message", "%.3f", Figures::callsPerMessage),
            new Table.Row<>(
                    "latency, median, ms",
                    "%.1f",
                    figures -> figures.latencies().median()),
            new Table.Row<>(
                    "latency, 99th percentile, ms",
                    "%.1f",
                    figures -> figures.latencies().ninetyNinth()),
            new Table.Row<>("resident memory, peak, MiB", "%,.0f", Figures::residentMiB),
            new Table.Row<>("start to first receive, ms", "%,.0f", Figures::startMillis),
            new Table.Row<>("the emulator's share of its core", "%.2f", Figures::emulatorBusy));

    /** The round with the median CPU time, with the latencies of all rounds. */
    static Figures median(List<Figures> rounds) {
        Figures median = rounds.stream()
                .sorted(Comparator.comparingDouble(Figures::cpuPerThousand))
                .toList()
                .get(rounds.size() / 2);
        Latencies latencies = new Latencies(
                rounds.stream().map(round -> round.latencies.sorted()).toList());
        return new Figures(
                median.name,
                median.perSecond,
                median.cpuPerThousand,
                median.callsPerMessage,
                latencies,
                median.residentMiB,
                median.startMillis,
                median.emulatorBusy,
                median.stolen);
    }

    @Override
    public String toString() {
        return ("%s: %,.0f messages a second, %.0f ms of CPU per 1,000, %.3f calls per message, latency %s,"
                        + " %d MiB, first receive after %,d ms, emulator busy %.2f, core stolen %.2f")
                .formatted(
                        name,
                        perSecond,
                        cpuPerThousand,
                        callsPerMessage,
                        latencies,
                        residentMiB,
                        startMillis,
                        emulatorBusy,
                        stolen);
    }
}
