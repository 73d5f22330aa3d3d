package dev.attache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.failure.Failure.Retry;
import dev.attache.delivery.relay.Relays;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailFailuresTests {

    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(5), Duration.ofSeconds(20));

    private final MailFailures failures = new MailFailures(PAUSES);

    @Test
    void aRelayThatIsDownIsRetriedInPlace() {
        assertThat(failures.of(Relays.down()))
                .isInstanceOfSatisfying(
                        Failure.Transient.class,
                        failure -> assertThat(failure.retry())
                                .isEqualTo(new Retry.InPlace(new Retry.Schedule(PAUSES, 0.2))));
    }

    @Test
    void aDeferredMailHasAScheduleAndIsRejectedWithTheReply() {
        assertThat(failures.of(Relays.deferred("451 4.7.1 <ana@example.com> later")))
                .isInstanceOfSatisfying(Failure.Transient.class, failure -> {
                    assertThat(failure.retry()).isEqualTo(new Retry.Schedule(PAUSES, 0.2));
                    assertThat(failure.reason()).doesNotContain("ana@");
                    assertThat(failure.whenExhausted().code()).isEqualTo("RETRIES_EXHAUSTED");
                    assertThat(failure.whenExhausted().fullReason()).endsWith("451 4.7.1 <ana@example.com> later");
                });
    }

    @Test
    void aRefusedMailIsRejectedWithAConfidentialReply() {
        assertThat(failures.of(Relays.refused("554 5.7.1 no, ana@example.com", false)))
                .isInstanceOfSatisfying(Failure.Rejected.class, rejected -> {
                    assertThat(rejected.code()).isEqualTo("MAIL_REFUSED");
                    assertThat(rejected.reason()).doesNotContain("ana@");
                    assertThat(rejected.fullReason()).endsWith("554 5.7.1 no, ana@example.com");
                });
        assertThat(failures.of(Relays.refused("550 5.1.1 unknown", true)))
                .isInstanceOfSatisfying(
                        Failure.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("ADDRESS_INVALID"));
    }

    @Test
    void anUncertainDeliveryIsRetriedOnceAfterItsLease() {
        assertThat(failures.of(Relays.uncertain().retryAfter(Duration.ofMinutes(15))))
                .isInstanceOfSatisfying(Failure.Transient.class, failure -> {
                    assertThat(failure.retry()).isEqualTo(new Retry.Schedule(List.of(Duration.ofSeconds(901)), 0));
                    assertThat(failure.whenExhausted().code()).isEqualTo("DELIVERY_UNCERTAIN");
                });
        assertThat(failures.of(Relays.uncertain()))
                .isInstanceOfSatisfying(
                        Failure.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("DELIVERY_UNCERTAIN"));
    }
}
