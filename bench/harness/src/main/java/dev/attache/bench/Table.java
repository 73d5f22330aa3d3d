package dev.attache.bench;

import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A row for each figure, a column for each subject, and the ratio to the worker's. */
final class Table {

    private Table() {
    }

    static void print(Map<String, Figures> all) {
        Figures worker = all.get(Subject.WORKER);
        StringBuilder head = new StringBuilder("| what |");
        StringBuilder line = new StringBuilder("|---|");
        all.keySet().forEach(name -> {
            head.append(' ').append(name).append(" |");
            line.append("---|");
            if (worker != null && !name.equals(Subject.WORKER)) {
                head.append(" worker / ").append(name).append(" |");
                line.append("---|");
            }
        });
        System.out.println(head);
        System.out.println(line);
        row(all, "messages a second", "%,.0f", Figures::perSecond);
        row(all, "CPU ms per 1,000 messages", "%,.0f", Figures::cpuPerThousand);
        row(all, "AWS calls per message", "%.3f", Figures::callsPerMessage);
        row(all, "latency, median, ms", "%.1f", figures -> figures.latencies().median());
        row(all, "latency, 99th percentile, ms", "%.1f", figures -> figures.latencies().ninetyNinth());
        row(all, "resident memory, peak, MiB", "%,.0f", Figures::residentMiB);
        row(all, "start to first receive, ms", "%,.0f", Figures::startMillis);
        row(all, "the emulator's share of its core", "%.2f", Figures::emulatorBusy);
    }

    private static void row(Map<String, Figures> all, String what, String format, ToDoubleFunction<Figures> figure) {
        StringBuilder row = new StringBuilder("| " + what + " |");
        Figures worker = all.get(Subject.WORKER);
        all.forEach((name, figures) -> {
            double value = figure.applyAsDouble(figures);
            row.append(' ').append(format.formatted(value)).append(" |");
            if (worker != null && !name.equals(Subject.WORKER)) {
                row.append(String.format(Locale.ROOT, " %.2f |", figure.applyAsDouble(worker) / value));
            }
        });
        System.out.println(row);
    }
}
