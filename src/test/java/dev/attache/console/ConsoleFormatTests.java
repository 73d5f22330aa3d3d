package dev.attache.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ConsoleFormatTests {

    private static final Instant NOW = Instant.parse("2026-11-27T16:15:02Z");

    private final ConsoleFormat format =
            new ConsoleFormat(ZoneId.of("Europe/Berlin"), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void timesAreInTheTimeZone() {
        assertThat(format.time(NOW)).isEqualTo("27 Nov 2026, 17:15:02");
        assertThat(format.clock(NOW)).isEqualTo("17:15:02");
        assertThat(format.time(null)).isEqualTo("–");
    }

    @Test
    void durationsHaveTheirTwoLargestUnits() {
        assertThat(format.duration(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
        assertThat(format.duration(Duration.ofHours(52))).isEqualTo("2 d 4 h");
        assertThat(format.duration(Duration.ofHours(2))).isEqualTo("2 h");
        assertThat(format.duration(Duration.ofMillis(900))).isEqualTo("0 s");
        assertThat(format.since(NOW.plusSeconds(1))).isEqualTo("0 s");
        assertThat(format.until(NOW.plusSeconds(61))).isEqualTo("1 min 1 s");
    }

    @Test
    void numbersHaveSeparatorsAndRatesOneDigit() {
        assertThat(format.number(12_400)).isEqualTo("12,400");
        assertThat(format.number(null)).isEqualTo("–");
        assertThat(format.rate(null)).isEqualTo("–");
        assertThat(format.rate(0.04)).isEqualTo("0/s");
        assertThat(format.rate(0.44)).isEqualTo("0.4/s");
        assertThat(format.rate(1234.5)).isEqualTo("1,235/s");
    }
}
