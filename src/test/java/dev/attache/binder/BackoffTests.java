package dev.attache.binder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class BackoffTests {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(300), new Random(42));

    @Test
    void thePauseIsBetweenOneSecondAndABoundThatDoublesUpToTheMost() {
        long[] bounds = {2, 4, 8, 16, 32, 64, 128, 256, 300, 300};

        for (int attempt = 1; attempt <= bounds.length; attempt++) {
            int attempts = attempt;
            LongSummaryStatistics pauses = IntStream.range(0, 2000).mapToLong(i -> backoff.after(attempts).toSeconds())
                    .summaryStatistics();
            assertThat(pauses.getMin()).isEqualTo(1);
            assertThat(pauses.getMax()).isBetween(bounds[attempts - 1] * 9 / 10, bounds[attempts - 1]);
        }
    }

    @Test
    void manyAttemptsDoNotOverflow() {
        assertThat(backoff.after(Integer.MAX_VALUE)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(300));
    }
}
