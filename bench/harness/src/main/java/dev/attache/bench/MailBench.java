package dev.attache.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Compares the mail path of several subjects: from the request in its queue to the relay. */
final class MailBench {

    private static final int MAILS = 20_000;

    private static final int WARM_UP = 40_000;

    private static final int LIST_LENGTH = 10_000;

    private static final String MAIL = "mail";

    private static final String LIST = "mail-list";

    private final Settings settings;

    private final List<String> subjects;

    private final int rounds;

    private final int warmUp;

    MailBench(Settings settings) {
        this.settings = settings;
        this.subjects = settings.list("mail-subjects", "");
        this.rounds = settings.number("rounds", 3);
        this.warmUp = settings.number("mail-warm-up", WARM_UP);
    }

    /**
     * Measures one request for each mail, with emulator and subject on a core each, and all subjects in each round, as
     * {@link Bench} does.
     */
    void compare() throws InterruptedException {
        int mails = settings.number("mails", MAILS);
        if (mails == 0) {
            return;
        }
        Map<String, List<MailFigures>> all = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String name : subjects) {
                try (Measurement measurement = Measurement.pinned(name, settings)) {
                    MailPath path = warm(measurement);
                    add(all, path.run(MAIL, mails, mails));
                }
            }
        }
        print(
                "The round with the median CPU time of %d, %,d mails with a request each after %,d to warm up, one core each"
                        .formatted(rounds, mails, warmUp),
                all,
                MailFigures::cpuPerMail);
    }

    /** Measures one request for 10,000 recipients. Subject, emulator and relay share all cores. */
    void lists() throws InterruptedException {
        int lists = settings.number("lists", 3);
        if (lists == 0) {
            return;
        }
        Map<String, List<MailFigures>> all = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String name : subjects) {
                try (Measurement measurement = Measurement.unpinned(name, settings)) {
                    MailPath path = warm(measurement);
                    for (int list = 0; list < lists; list++) {
                        add(all, path.run(LIST, 1, LIST_LENGTH));
                    }
                }
            }
        }
        print(
                "The list with the median wall time of %d in each of %d rounds, 10,000 people each, after %,d mails to warm up, nothing pinned"
                        .formatted(lists, rounds, warmUp),
                all,
                MailFigures::seconds);
    }

    private MailPath warm(Measurement measurement) throws InterruptedException {
        MailPath path = new MailPath(measurement);
        if (warmUp > 0) {
            System.out.println("warm-up, " + path.run(MAIL, warmUp, warmUp));
        }
        return path;
    }

    private static void add(Map<String, List<MailFigures>> all, MailFigures figures) {
        System.out.println(figures);
        all.computeIfAbsent(figures.name(), name -> new ArrayList<>()).add(figures);
    }

    private static void print(String title, Map<String, List<MailFigures>> all, ToDoubleFunction<MailFigures> middle) {
        if (all.isEmpty()) {
            return;
        }
        Map<String, MailFigures> medians = new LinkedHashMap<>();
        all.forEach((name, figures) -> medians.put(name, MailFigures.median(figures, middle)));
        System.out.printf("%n%s%n%n", title);
        Table.print(medians, MailFigures.ROWS);
    }
}
