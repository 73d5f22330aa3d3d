package dev.attache.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClientRateLimiterUnitTests {

    /** {@link System#nanoTime} may overflow. */
    private long now = Long.MAX_VALUE - 1;

    private final ClientRateLimiter limiter = new ClientRateLimiter(60, 100, () -> now);

    private void wait(Duration time) {
        now += time.toNanos();
    }

    private void useAllPermits(String client) {
        for (int i = 0; i < 60; i++) {
            assertThat(limiter.tryAcquire(client)).isZero();
        }
    }

    @Test
    void aClientMaySendTheRequestsOfAMinuteInABurstAndThenGetsTheTimeToWait() {
        useAllPermits("203.0.113.7");

        assertThat(limiter.tryAcquire("203.0.113.7")).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void anotherClientIsNotAffected() {
        useAllPermits("203.0.113.7");

        assertThat(limiter.tryAcquire("203.0.113.8")).isZero();
    }

    @Test
    void permitsAreRefilledOverTime() {
        useAllPermits("203.0.113.7");
        wait(Duration.ofSeconds(1));

        assertThat(limiter.tryAcquire("203.0.113.7")).isZero();
        assertThat(limiter.tryAcquire("203.0.113.7")).isPositive();

        wait(Duration.ofMinutes(5));
        useAllPermits("203.0.113.7");
        assertThat(limiter.tryAcquire("203.0.113.7")).isPositive();
    }

    @Test
    void theNumberOfRememberedClientsIsLimited() {
        useAllPermits("203.0.113.7");
        for (int i = 0; i < 100; i++) {
            limiter.tryAcquire("invented-" + i);
        }

        assertThat(limiter.tryAcquire("203.0.113.7"))
                .as("permits of a forgotten client")
                .isZero();
    }

    @Test
    void theLeastRecentClientIsForgottenFirst() {
        useAllPermits("203.0.113.7");
        for (int i = 0; i < 99; i++) {
            limiter.tryAcquire("first-" + i);
        }
        assertThat(limiter.tryAcquire("203.0.113.7")).isPositive();
        for (int i = 0; i < 99; i++) {
            limiter.tryAcquire("second-" + i);
        }

        assertThat(limiter.tryAcquire("203.0.113.7")).isPositive();
    }
}
