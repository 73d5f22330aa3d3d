package dev.attache.delivery.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Sending is suspended while the relay refuses or does not answer all mails. */
@ExtendWith(OutputCaptureExtension.class)
class SenderSuspensionUnitTests extends RelayTestBase {

    @Test
    void sendingIsSuspendedAfterTwentyRefusalsInARow(CapturedOutput output) {
        failure = () -> Relays.refused("550 5.7.1 blocked", false);
        for (int i = 0; i < ConsecutiveFailures.THRESHOLD; i++) {
            assertThatExceptionOfType(MailRefusedException.class).isThrownBy(this::send);
        }

        assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(this::send);
        assertThat(relay.isSendingSuspended()).isTrue();
        assertThat(output).contains("ALARM The mail relay refused the last 20 mails");
    }

    @Test
    void mailsBeingSentDuringTheSuspensionAreKept() throws Exception {
        int more = 5;
        CountDownLatch allUnderWay = new CountDownLatch(ConsecutiveFailures.THRESHOLD + more);
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger kept = new AtomicInteger();
        Relay wide = relay(
                mail -> {
                    allUnderWay.countDown();
                    awaitOpen(allUnderWay);
                    throw Relays.refused("550 5.7.1 blocked", false);
                },
                Double.POSITIVE_INFINITY,
                100,
                LONG);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < ConsecutiveFailures.THRESHOLD + more; i++) {
            OutgoingMail mail = Mails.to("person-" + i + "@example.com");
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    wide.send(mail.deliveryId(), () -> mail);
                } catch (MailRefusedException e) {
                    refused.incrementAndGet();
                } catch (CallNotPermittedException e) {
                    kept.incrementAndGet();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(refused).hasValue(ConsecutiveFailures.THRESHOLD);
        assertThat(kept).hasValue(more);
    }

    @Test
    void oneMailTestsWhetherTheRelayStillRefusesAllMails() {
        failure = () -> Relays.refused("550 5.7.1 blocked", false);
        for (int i = 0; i < ConsecutiveFailures.THRESHOLD; i++) {
            trySend();
        }
        senderBreaker.transitionToHalfOpenState();
        assertThat(trySend()).isInstanceOf(MailRefusedException.class);
        assertThat(trySend()).isInstanceOf(CallNotPermittedException.class);

        senderBreaker.transitionToHalfOpenState();
        failure = () -> Relays.deferred("451 4.7.1 later");
        assertThat(trySend()).as("says nothing about the sender").isInstanceOf(MailDeferredException.class);
        failure = null;
        assertThat(trySend()).isNull();

        assertThat(relay.isSendingSuspended()).isFalse();
        assertThat(trySend()).isNull();
    }

    @Test
    void anAcceptedMailResetsTheCountOfRefusals() {
        for (int i = 0; i < 3 * ConsecutiveFailures.THRESHOLD; i++) {
            failure = i % ConsecutiveFailures.THRESHOLD == 0 ? null : () -> Relays.refused("550 5.7.1 no", false);
            trySend();
        }

        assertThat(relay.isSendingSuspended()).isFalse();
    }

    /** For example a hung content filter: the relay accepts sessions, so a probe without a mail cannot detect it. */
    @Test
    void sendingIsSuspendedWhileTheRelayAnswersNoMail(CapturedOutput output) {
        for (int i = 0; i < ConsecutiveFailures.THRESHOLD; i++) {
            failure = i % 2 == 0 ? Relays::lost : Relays::uncertain;
            assertThat(trySend()).isInstanceOf(MailNotSentException.class);
        }
        assertThat(trySend()).isInstanceOf(CallNotPermittedException.class);
        assertThat(output).contains("ALARM The mail relay accepts sessions, but did not answer the last 20 mails");

        senderBreaker.transitionToHalfOpenState();
        assertThat(trySend()).isInstanceOf(MailNotSentException.class);
        assertThat(trySend()).isInstanceOf(CallNotPermittedException.class);
        senderBreaker.transitionToHalfOpenState();
        failure = null;

        assertThat(trySend()).isNull();
        assertThat(trySend()).isNull();
    }

    @Test
    void anyAnswerResetsTheCountOfUnansweredMails() {
        List<Supplier<MailNotSentException>> answers =
                List.of(() -> Relays.deferred("451 4.7.1 later"), () -> Relays.refused("550 5.1.1 unknown", true));
        for (int i = 0; i < 4 * ConsecutiveFailures.THRESHOLD; i++) {
            failure = i % (ConsecutiveFailures.THRESHOLD - 1) == 0 ? answers.get(i % 2) : Relays::lost;
            assertThatExceptionOfType(MailNotSentException.class).isThrownBy(this::sendAtOnce);
        }

        assertThat(relay.isSendingSuspended()).isFalse();
    }

    @Test
    void refusedAddressesDoNotSuspendSending() {
        failure = () -> Relays.refused("550 5.1.1 unknown", true);
        for (int i = 0; i < 3 * ConsecutiveFailures.THRESHOLD; i++) {
            trySend();
        }

        assertThat(relay.isSendingSuspended()).isFalse();
    }

    @Test
    void repeatedRefusalsOfOneMailDoNotSuspendSending() {
        failure = () -> Relays.refused("550 5.7.1 no", false);
        for (int i = 0; i < 3 * ConsecutiveFailures.THRESHOLD; i++) {
            assertThatExceptionOfType(MailRefusedException.class)
                    .isThrownBy(() -> relay.send("d", () -> Mails.to("ana@example.com")));
        }

        assertThat(relay.isSendingSuspended()).isFalse();
    }
}
