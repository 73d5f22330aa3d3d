package dev.attache.reliability.worker;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.test.system.CapturedOutput;

/** The lines of the log since a point in time. */
public record LogLines(CapturedOutput log, int from) {

    private static final Pattern STACK_TRACE = Pattern.compile("^(\\s+at \\S+\\(.*|Caused by: .*|\\s+Suppressed: .*)");

    public static LogLines fromNowOn(CapturedOutput log) {
        return new LogLines(log, log.getAll().length());
    }

    public List<String> all() {
        return log.getAll().substring(from).lines().toList();
    }

    public List<String> containing(String text) {
        return all().stream().filter(line -> line.contains(text)).toList();
    }

    public List<String> ofStackTraces() {
        return all().stream()
                .filter(line -> STACK_TRACE.matcher(line).matches())
                .toList();
    }
}
