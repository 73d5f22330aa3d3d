package dev.attache.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

class ClientRatesUnitTests {

    private Instant now = Instant.parse("2026-11-21T09:00:00Z");

    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    private final ClientRates rates = new ClientRates(60, 100, clock);

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
        now = now.plusSeconds(1);

        assertThat(rates.take("203.0.113.7")).isZero();
        assertThat(rates.take("203.0.113.7")).isPositive();

        now = now.plus(Duration.ofMinutes(5));
        takeAll("203.0.113.7");
        assertThat(rates.take("203.0.113.7")).isPositive();
    }

    @Test
    void aClockThatIsSetBackGivesNothingAndTakesNothing() {
        takeAll("203.0.113.7");
        now = now.minusSeconds(3600);

        assertThat(rates.take("203.0.113.7")).isPositive();
        assertThat(rates.take("203.0.113.8")).isZero();
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
