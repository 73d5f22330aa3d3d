package dev.attache.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.queues.Sample;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparklineTests {

    private static final Instant NOW = Instant.parse("2026-11-27T16:00:00Z");

    private static Sample sample(int minutesAgo, long visible, long inFlight) {
        return new Sample(NOW.minusSeconds(60L * minutesAgo), visible, inFlight);
    }

    @Test
    void theLineEndsNowAndIsAsHighAsTheMostMessages() {
        Sparkline line = Sparkline.of(List.of(sample(60, 0, 0), sample(30, 8, 2), sample(0, 5, 0)));

        assertThat(line.line()).isEqualTo("0.0,29.0 60.0,2.0 120.0,15.5");
        assertThat(line.area()).isEqualTo("0.0,29 0.0,29.0 60.0,2.0 120.0,15.5 120,29");
        assertThat(line.description()).isEqualTo("Messages in the last hour: 0 at least, 10 at most, 5 now");
    }

    @Test
    void anEmptyQueueIsALineAtTheBottom() {
        assertThat(Sparkline.of(List.of(sample(6, 0, 0), sample(0, 0, 0))).line())
                .isEqualTo("108.0,29.0 120.0,29.0");
    }

    @Test
    void oneSampleIsNoHistory() {
        assertThat(Sparkline.of(List.of(sample(0, 5, 0))).drawn()).isFalse();
    }
}
