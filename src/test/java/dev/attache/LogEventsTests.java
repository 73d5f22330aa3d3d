package dev.attache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of log events in docs/operations.md, and what the sources log. */
class LogEventsTests {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (ERROR|WARN) \\| `([^`]+)` \\|");

    /** A call of a logger with a text, which may have several parts. */
    private static final Pattern CALL =
            Pattern.compile("\\blog\\.(warn|error)\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*\\+?\\s*)+)");

    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    private record Event(String level, String text) {}

    private static List<Event> documented() throws IOException {
        String page = Files.readString(Path.of("docs/operations.md"));
        String section = page.substring(page.indexOf("\n### Events that"), page.indexOf("\n### Logs as JSON"));
        return ROW.matcher(section)
                .results()
                .map(row -> new Event(row.group(1), row.group(2)))
                .toList();
    }

    private static List<Event> logged() throws IOException {
        List<Event> events = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                CALL.matcher(Files.readString(file))
                        .results()
                        .map(LogEventsTests::event)
                        .forEach(events::add);
            }
        }
        return events;
    }

    private static Event event(MatchResult call) {
        String text =
                TEXT.matcher(call.group(2)).results().map(part -> part.group(1)).collect(Collectors.joining());
        return new Event(call.group(1).toUpperCase(Locale.ROOT), text.replace("{}", "…"));
    }

    private static Predicate<Event> beginsAs(Event documented) {
        String begin = documented.text().replaceFirst("…$", "");
        return logged ->
                logged.level().equals(documented.level()) && logged.text().startsWith(begin);
    }

    @Test
    void everyRowOfTheTableIsTheBeginningOfALine() throws IOException {
        List<Event> logged = logged();

        assertThat(documented())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(logged).as(row.text()).anyMatch(beginsAs(row)));
    }

    @Test
    void everyAlarmAndEveryOtherErrorHasARow() throws IOException {
        List<Event> documented = documented();

        assertThat(logged())
                .filteredOn(
                        event -> event.level().equals("ERROR") || event.text().startsWith("ALARM"))
                .hasSizeGreaterThan(5)
                .allSatisfy(event ->
                        assertThat(documented).anyMatch(row -> beginsAs(row).test(event)));
    }

    @Test
    void anAlarmIsAnError() throws IOException {
        assertThat(logged())
                .filteredOn(event -> event.text().startsWith("ALARM"))
                .extracting(Event::level)
                .containsOnly("ERROR");
    }
}
