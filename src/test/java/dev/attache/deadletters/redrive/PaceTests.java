package dev.attache.deadletters.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rate of a replay. */
class PaceTests {

    private static final class ManualTime implements TimeMeter {

        private long nanos;

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"200, 10, 1000, 5", "1, 1, 60, 60", "0.5, 1, 30, 60", "10000, 10, 10000, 1"})
    void aReplayTakesAsLongAsItsRateSays(double perSecond, int batch, int letters, int seconds) {
        ManualTime time = new ManualTime();
        Pace pace = new Pace(perSecond, time);
        assertThat(pace.batch()).isEqualTo(batch);

        for (int sent = 0; sent < letters; sent += batch) {
            time.nanos += pace.reserve(batch).toNanos();
        }

        assertThat(Duration.ofNanos(time.nanos))
                .isBetween(
                        Duration.ofSeconds(seconds).minus(Duration.ofMillis((long) (1_000 * batch / perSecond) + 1)),
                        Duration.ofSeconds(seconds));
    }
}
