package dev.attache.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ThrottledLogUnitTests {

    private Instant now = Instant.parse("2026-11-21T09:00:00Z");

    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    private final ThrottledLog log = new ThrottledLog(LoggerFactory.getLogger(ThrottledLogUnitTests.class), clock);

    private static List<String> lines(CapturedOutput output) {
        return output.toString()
                .lines()
                .filter(line -> line.contains("It failed"))
                .toList();
    }

    @Test
    void theFirstWarningIsLoggedAtOnceAndLaterOnesAreCounted(CapturedOutput output) {
        for (int i = 0; i < 500; i++) {
            log.warn("It failed: " + i);
        }
        assertThat(lines(output)).singleElement().asString().contains("WARN").endsWith("It failed: 0");

        now = now.plus(ThrottledLog.INTERVAL);
        log.warn("It failed: 500");

        assertThat(lines(output)).hasSize(2);
        assertThat(lines(output).getLast()).endsWith("It failed: 500 (and 499 more since 2026-11-21T09:00:00Z)");
    }

    @Test
    void warningsMoreThanAMinuteApartAreAllLogged(CapturedOutput output) {
        log.warn("It failed: a");
        now = now.plus(ThrottledLog.INTERVAL);
        log.warn("It failed: b");

        assertThat(lines(output)).hasSize(2).noneMatch(line -> line.contains("more since"));
    }

    @Test
    void aWarningIsLoggedAfterTheClockWasSetBack(CapturedOutput output) {
        log.warn("It failed: a");
        now = now.minusSeconds(3600);
        log.warn("It failed: b");
        log.warn("It failed: c");

        assertThat(lines(output)).hasSize(2).last().asString().endsWith("It failed: b");
    }
}
