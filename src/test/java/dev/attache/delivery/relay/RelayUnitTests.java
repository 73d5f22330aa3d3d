package dev.attache.delivery.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Permits, the circuit breaker of the relay, and its probes. */
class RelayUnitTests extends RelayTestBase {

    @Test
    void whileTheRelayIsDownMailsAreNeitherClaimedNorComposed() {
        failure = Relays::down;
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(RelayDownException.class).isThrownBy(this::send);
        }

        assertThatExceptionOfType(CallNotPermittedException.class)
                .isThrownBy(() -> relay.withPermit(() -> {
                    throw new AssertionError("A mail was claimed that cannot be sent");
                }));
        assertThatExceptionOfType(CallNotPermittedException.class)
                .isThrownBy(() -> relay.send("d", () -> {
                    throw new AssertionError("A mail was composed that cannot be sent");
                }));
    }

    @Test
    void noAnswerAboutOneMailOpensTheBreaker() {
        List<Supplier<MailNotSentException>> answers = List.of(
                () -> Relays.deferred("451 4.7.1 later"),
                Relays::lost,
                () -> Relays.refused("550 5.1.1 unknown", true),
                () -> Relays.refused("554 5.7.1 no", false),
                Relays::uncertain);
        for (int i = 0; i < 60; i++) {
            failure = answers.get(i % answers.size());
            assertThatExceptionOfType(MailNotSentException.class).isThrownBy(this::sendAtOnce);
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> relay.send("d", () -> {
                        throw new IllegalStateException("no template");
                    }));
        }

        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
        assertThat(senderBreaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void theListenerIsCalledWhenTheRateAloneGivesCapacity() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        Relay slow = relay(
                Relays.accepting(mail -> {
                    awaitOpen(taken);
                }),
                1,
                100,
                LONG);
        slow.onCapacity(calls::incrementAndGet);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            OutgoingMail mail = Mails.to("person-" + i + "@example.com");
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    slow.withPermit(() -> slow.send(mail.deliveryId(), () -> mail));
                } catch (RuntimeException interrupted) {
                    // The end of the test.
                }
            }));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> slow.capacity() <= 0);

        taken.countDown();

        await().atMost(Duration.ofSeconds(10)).until(() -> calls.get() > 0);
        threads.forEach(Thread::interrupt);
    }

    @Test
    void recoveryIsDetectedByAProbeWithoutAMail() {
        AtomicInteger probes = new AtomicInteger();
        CountDownLatch secondBegun = new CountDownLatch(1);
        CountDownLatch secondMayEnd = new CountDownLatch(1);
        Relay probing = relay(
                new MailTransport() {

                    @Override
                    public String send(OutgoingMail mail) {
                        throw Relays.down();
                    }

                    @Override
                    public boolean canProbe() {
                        return true;
                    }

                    @Override
                    public void probe() {
                        if (probes.incrementAndGet() == 1) {
                            throw Relays.down();
                        }
                        secondBegun.countDown();
                        awaitOpen(secondMayEnd);
                    }
                },
                Double.POSITIVE_INFINITY,
                10,
                LONG);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(RelayDownException.class)
                    .isThrownBy(() -> probing.send("d", () -> Mails.to("ana@example.com")));
        }

        breaker.transitionToHalfOpenState();
        await().atMost(Duration.ofSeconds(30)).until(() -> breaker.getState() == CircuitBreaker.State.OPEN);
        breaker.transitionToHalfOpenState();
        awaitOpen(secondBegun);
        assertThatExceptionOfType(CallNotPermittedException.class)
                .as("the probe has the only permit")
                .isThrownBy(() -> probing.send("d", () -> Mails.to("ana@example.com")));
        secondMayEnd.countDown();

        await().atMost(Duration.ofSeconds(30)).until(() -> breaker.getState() == CircuitBreaker.State.CLOSED);
        assertThat(probes).hasValue(2);
    }

    @Test
    void theRateOfMailsIsLimited() {
        Relay slow = relay(Relays.accepting(this::accept), 2, 10, Duration.ZERO);

        assertThatExceptionOfType(RelayBusyException.class).isThrownBy(() -> {
            // However slow the machine: one of many in a row comes too early.
            for (int i = 0; i < 10_000; i++) {
                slow.withPermit(() -> slow.send("d", () -> Mails.to("ana@example.com")));
            }
        });
    }

    @Test
    void theCapacityIsWhatCanBeSentWithinAMinute() {
        assertThat(relay.capacity()).isEqualTo(Integer.MAX_VALUE);
        Relay slow = relay(Relays.accepting(this::accept), 2, 10, LONG);
        AtomicInteger whileOneIsUnderWay = new AtomicInteger();

        slow.withPermit(() -> whileOneIsUnderWay.set(slow.capacity()));

        assertThat(whileOneIsUnderWay).hasValue(119);
        assertThat(slow.capacity()).isEqualTo(120);
    }

    @Test
    void theNumberOfConcurrentMailsIsLimited() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        Relay narrow = relay(Relays.accepting(this::accept), Double.POSITIVE_INFINITY, 1, Duration.ZERO);
        Thread busy = Thread.startVirtualThread(() -> narrow.withPermit(() -> {
            first.countDown();
            awaitOpen(second);
        }));
        first.await();

        assertThatExceptionOfType(BulkheadFullException.class).isThrownBy(() -> narrow.withPermit(() -> {}));
        second.countDown();
        busy.join();

        narrow.withPermit(() -> narrow.send("d", () -> Mails.to("ana@example.com")));
        assertThat(sent).hasSize(1);
    }
}
