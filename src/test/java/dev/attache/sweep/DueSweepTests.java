package dev.attache.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DueSweepTests {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T09:00:00Z"), ZoneOffset.UTC);

    private final Set<Integer> index =
            new ConcurrentSkipListSet<>(IntStream.range(0, 50).boxed().toList());

    private DueSweep<Integer> sweep(Predicate<Integer> settle, int limit, int parallel) {
        return new DueSweep<>(
                (time, most) -> list(-1, most),
                (last, time, most) -> list(last, most),
                settle,
                "numbers",
                Duration.ZERO,
                limit,
                parallel,
                CLOCK);
    }

    private List<Integer> list(int after, int most) {
        return index.stream().filter(it -> it > after).limit(most).toList();
    }

    private boolean settle(int entry) {
        return index.remove(entry);
    }

    @Test
    void entriesAreSettledAtTheSameTime() {
        CyclicBarrier together = new CyclicBarrier(5);
        DueSweep<Integer> sweep = sweep(
                entry -> {
                    try {
                        together.await(10, TimeUnit.SECONDS);
                    } catch (Exception e) {
                        throw new AssertionError("Settled alone", e);
                    }
                    return settle(entry);
                },
                100,
                5);

        assertThat(sweep.sweep(() -> false)).isFalse();

        assertThat(index).isEmpty();
    }

    @Test
    void groupOfFailuresEndsTheRoundAndTheNextContinuesAfterIt() {
        DueSweep<Integer> sweep = sweep(entry -> entry >= 12 && settle(entry), 100, 12);

        assertThat(sweep.sweep(() -> false)).isFalse();
        assertThat(index).hasSize(50);
        sweep.sweep(() -> false);

        assertThat(index).hasSize(12);
    }

    @Test
    void roundEndsAtItsLimit() {
        DueSweep<Integer> sweep = sweep(this::settle, 20, 8);

        assertThat(sweep.sweep(() -> false)).isTrue();
        assertThat(index).hasSize(30);
        assertThat(sweep.sweep(() -> false)).isTrue();
        assertThat(sweep.sweep(() -> false)).isFalse();

        assertThat(index).isEmpty();
    }

    @Test
    void stopEndsTheRoundBeforeTheNextGroup() {
        DueSweep<Integer> sweep = sweep(this::settle, 100, 8);

        assertThat(sweep.sweep(() -> index.size() < 45)).isFalse();

        assertThat(index).hasSize(42);
    }
}
