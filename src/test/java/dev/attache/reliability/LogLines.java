package dev.attache.reliability;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.test.system.CapturedOutput;

/** What was logged since a moment. */
record LogLines(CapturedOutput log, int from) {

    private static final Pattern STACK_TRACE = Pattern.compile("^(\\s+at \\S+\\(.*|Caused by: .*|\\s+Suppressed: .*)");

    static LogLines fromNowOn(CapturedOutput log) {
        return new LogLines(log, log.getAll().length());
    }

    List<String> all() {
        return log.getAll().substring(from).lines().toList();
    }

    List<String> containing(String text) {
        return all().stream().filter(line -> line.contains(text)).toList();
    }

    List<String> ofStackTraces() {
        return all().stream()
                .filter(line -> STACK_TRACE.matcher(line).matches())
                .toList();
    }
}
