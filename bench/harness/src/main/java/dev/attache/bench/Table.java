package dev.attache.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Prints a row for each figure, with a column for each subject and the ratio to the worker. */
final class Table {

    /**
     * A figure of all subjects.
     *
     * @param format how it is printed
     */
    record Row<T>(String what, String format, ToDoubleFunction<T> figure) {}

    /** No ratio is printed for figures below this: the table would show them as zero. */
    private static final double PRINTED_AS_ZERO = 0.0005;

    private Table() {}

    /** @param all by the subjects' names */
    static <T> void print(Map<String, T> all, List<Row<T>> rows) {
        boolean ratios = all.containsKey(Subject.WORKER);
        StringBuilder head = new StringBuilder("| what |");
        StringBuilder line = new StringBuilder("|---|");
        all.keySet().forEach(name -> {
            head.append(' ').append(name).append(" |");
            line.append("---|");
            if (ratios && !name.equals(Subject.WORKER)) {
                head.append(" worker / ").append(name).append(" |");
                line.append("---|");
            }
        });
        System.out.println(head);
        System.out.println(line);
        rows.forEach(row -> print(all, row));
    }

    private static <T> void print(Map<String, T> all, Row<T> row) {
        StringBuilder printed = new StringBuilder("| " + row.what() + " |");
        T worker = all.get(Subject.WORKER);
        all.forEach((name, figures) -> {
            double value = row.figure().applyAsDouble(figures);
            printed.append(String.format(Locale.ROOT, " " + row.format() + " |", value));
            if (worker != null && !name.equals(Subject.WORKER)) {
                printed.append(
                        value < PRINTED_AS_ZERO
                                ? " - |"
                                : String.format(
                                        Locale.ROOT, " %.2f |", row.figure().applyAsDouble(worker) / value));
            }
        });
        System.out.println(printed);
    }
}
