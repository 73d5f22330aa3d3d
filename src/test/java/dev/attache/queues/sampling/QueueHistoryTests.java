package dev.attache.queues.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.queues.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueHistoryTests {

    private static final Instant BEGIN = Instant.parse("2026-11-27T10:00:00Z");

    private static QueueHistory sampled(Duration interval, int times) {
        QueueHistory history = new QueueHistory();
        IntStream.range(0, times).forEach(i -> history.add(new Sample(BEGIN.plus(interval.multipliedBy(i)), i, 0)));
        return history;
    }

    @Test
    void allSamplesOfTheLastTenMinutesAreKeptAndBeforeThatOneAMinute() {
        List<Sample> samples = sampled(Duration.ofSeconds(10), 3 * 360).samples();

        Instant last = samples.getLast().at();
        assertThat(last).isEqualTo(BEGIN.plus(Duration.ofSeconds(10 * (3 * 360 - 1))));
        assertThat(samples.getFirst().at()).isAfterOrEqualTo(last.minus(Duration.ofHours(1)));
        List<Duration> pauses = IntStream.range(1, samples.size())
                .mapToObj(i ->
                        Duration.between(samples.get(i - 1).at(), samples.get(i).at()))
                .toList();
        assertThat(pauses).endsWith(Duration.ofSeconds(10)).startsWith(Duration.ofMinutes(1));
        assertThat(pauses.stream().filter(Duration.ofSeconds(10)::equals)).hasSize(60);
        assertThat(pauses.stream().filter(Duration.ofMinutes(1)::equals)).hasSizeBetween(48, 50);
    }

    @Test
    void theNumberOfSamplesIsBoundedHoweverShortTheIntervalIs() {
        assertThat(sampled(Duration.ofMillis(1), 10_000).samples()).hasSizeLessThanOrEqualTo(601 + 60);
    }

    @Test
    void rareSamplesAreKeptForAnHour() {
        assertThat(sampled(Duration.ofMinutes(20), 10).samples()).hasSize(4);
    }
}
