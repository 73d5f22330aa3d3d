package dev.attache.queues.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.link.SettableClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputRatesTests {

    private final MeterRegistry meters = new SimpleMeterRegistry();

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-27T10:00:00Z"));

    private final InputRates rates = new InputRates(meters, "attache.messages", clock);

    private void happened(String outcome, String code, int times) {
        meters.counter("attache.messages", "queue", "mails", "outcome", outcome, "code", code)
                .increment(times);
    }

    private void count() {
        rates.count(List.of("mails"));
        clock.advance(Duration.ofSeconds(10));
    }

    @Test
    void aQueueWithoutMessagesHasARateOfZero() {
        assertThat(rates.of("mails")).isEqualTo(InputRates.Rate.NONE);
        count();
        assertThat(rates.of("mails")).isEqualTo(InputRates.Rate.NONE);
    }

    @Test
    void rejectedMessagesHaveLeftTheQueueAndRetriedOnesHaveNot() {
        count();
        happened("handled", "none", 30);
        happened("rejected", "MAIL_REFUSED", 5);
        happened("rejected", "ADDRESS_INVALID", 5);
        happened("retried", "none", 20);
        happened("failed-unexpectedly", "none", 20);
        count();

        assertThat(rates.of("mails")).isEqualTo(new InputRates.Rate(6, 4));
    }

    @Test
    void messagesOfMoreThanAMinuteAgoDoNotCount() {
        count();
        happened("handled", "none", 1000);
        for (int i = 0; i < 8; i++) {
            count();
        }

        assertThat(rates.of("mails")).isEqualTo(InputRates.Rate.NONE);
    }
}
