package dev.attache.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClientRatesUnitTests {

    /** {@link System#nanoTime} may overflow. */
    private long now = Long.MAX_VALUE - 1;

    private final ClientRates rates = new ClientRates(60, 100, () -> now);

    private void wait(Duration time) {
        now += time.toNanos();
    }

    private void takeAll(String client) {
        for (int i = 0; i < 60; i++) {
            assertThat(rates.take(client)).isZero();
        }
    }

    @Test
    void aClientMaySendAMinutesRequestsAtOnceAndIsThenToldHowLongToWait() {
        takeAll("203.0.113.7");

        assertThat(rates.take("203.0.113.7")).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void anotherClientIsNotHeldUp() {
        takeAll("203.0.113.7");

        assertThat(rates.take("203.0.113.8")).isZero();
    }

    @Test
    void whoWaitsMayGoOn() {
        takeAll("203.0.113.7");
        wait(Duration.ofSeconds(1));

        assertThat(rates.take("203.0.113.7")).isZero();
        assertThat(rates.take("203.0.113.7")).isPositive();

        wait(Duration.ofMinutes(5));
        takeAll("203.0.113.7");
        assertThat(rates.take("203.0.113.7")).isPositive();
    }

    @Test
    void inventedAddressesDoNotGrowTheMemory() {
        for (int i = 0; i < 10_000; i++) {
            rates.take("invented-" + i);
        }

        assertThat(rates.size()).isEqualTo(100);
    }

    @Test
    void whoWasSeenLastIsRememberedLongest() {
        takeAll("203.0.113.7");
        for (int i = 0; i < 99; i++) {
            rates.take("first-" + i);
        }
        assertThat(rates.take("203.0.113.7")).isPositive();
        for (int i = 0; i < 99; i++) {
            rates.take("second-" + i);
        }

        assertThat(rates.take("203.0.113.7")).isPositive();
    }
}
