package dev.attache.monitoring;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The document that says what to do about each alarm. */
final class Runbook {

    private static final Path FILE = Path.of("docs/runbook.md");

    private static final Pattern HEADING = Pattern.compile("(?m)^(?=### )");

    private static final Pattern ALARM_LINE = Pattern.compile("(?m)^Alarms?: (.*)$");

    /** Commands that run on the sandbox have the language {@code sh}, others {@code bash}. */
    private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\\n(.*?)^```");

    private Runbook() {}

    /** A section of the third level. */
    record Section(String title, String text) {

        /** As GitHub makes it. */
        String anchor() {
            return title.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\s-]", "").replace(' ', '-');
        }

        /** The names of the alarms that lead here. */
        List<String> alarms() {
            return ALARM_LINE
                    .matcher(text)
                    .results()
                    .flatMap(line -> Arrays.stream(line.group(1).split(",")))
                    .map(name -> name.strip().replace("`", ""))
                    .toList();
        }

        Stream<String> commands() {
            return COMMANDS.matcher(text).results().map(block -> block.group(1));
        }
    }

    static String text() {
        return Alarms.text(FILE);
    }

    static List<Section> sections() {
        return HEADING.splitAsStream(text())
                .filter(part -> part.startsWith("### "))
                // The last section before a heading of the second level ends there.
                .map(part -> part.split("(?m)^## ", 2)[0])
                .map(part -> new Section(part.lines().findFirst().orElseThrow().substring(4), part))
                .collect(Collectors.toList());
    }
}
