package dev.attache.binder.backoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTests {

    private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(3));

    @ParameterizedTest
    @CsvSource({"1, 250", "2, 500", "3, 1000", "4, 2000", "5, 3000", "6, 3000", "2147483647, 3000"})
    void eachPauseIsTwiceAsLongUpToTheLongest(int attempt, long millis) {
        assertThat(backoff.pause(attempt)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void anAttemptBeforeTheFirstHasTheFirstPause() {
        assertThat(backoff.pause(0)).isEqualTo(Duration.ofMillis(250));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 500", "0.999, 999"})
    void jitterTakesARandomPartOfThePause(double random, long millis) {
        assertThat(backoff.jittered(3, random)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void aFirstPauseLongerThanTheLongestIsShortened() {
        assertThat(new Backoff(Duration.ofHours(1), Duration.ofMinutes(1)).pause(1))
                .isEqualTo(Duration.ofMinutes(1));
    }
}
