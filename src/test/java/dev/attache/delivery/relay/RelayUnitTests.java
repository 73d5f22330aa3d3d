package dev.attache.delivery.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RelayUnitTests {

    private static final Duration LONG = Duration.ofHours(1);

    private final List<OutgoingMail> sent = new ArrayList<>();

    private final CircuitBreaker breaker = CircuitBreaker.of(
            "mail",
            CircuitBreakerConfig.custom()
                    .minimumNumberOfCalls(2)
                    .slidingWindowSize(2)
                    .waitDurationInOpenState(LONG)
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .build());

    private final CircuitBreaker senderBreaker = CircuitBreaker.of(
            "mail-sender",
            CircuitBreakerConfig.custom()
                    .minimumNumberOfCalls(1_000_000)
                    .waitDurationInOpenState(LONG)
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .build());

    /** What the transport throws; null when it takes the mail. */
    private @Nullable Supplier<MailNotSentException> failure;

    private int mails;

    private final Relay relay = relay(this::take, Double.POSITIVE_INFINITY, 10, Duration.ofSeconds(5));

    private void take(OutgoingMail mail) {
        if (failure != null) {
            throw failure.get();
        }
        sent.add(mail);
    }

    private Relay relay(MailTransport transport, double perSecond, int concurrent, Duration patience) {
        return new Relay(transport, breaker, senderBreaker, perSecond, concurrent, patience);
    }

    private void send() {
        OutgoingMail mail = Mails.to("person-" + mails++ + "@example.com");
        relay.inTurn(() -> relay.send(mail.deliveryId(), () -> mail));
    }

    /** Without waiting for its turn, which the rate may put a second away. */
    private void sendAtOnce() {
        OutgoingMail mail = Mails.to("person-" + mails++ + "@example.com");
        relay.send(mail.deliveryId(), () -> mail);
    }

    private @Nullable RuntimeException trySend() {
        try {
            sendAtOnce();
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** Until the latch is open, or the test has ended and interrupts. */
    private static void awaitOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRelayThatGivesNoSessionIsNotAskedAgainForAWhileAndMailsAreNeitherClaimedNorMade() {
        failure = Relays::down;
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(RelayDownException.class).isThrownBy(this::send);
        }

        assertThatExceptionOfType(CallNotPermittedException.class)
                .isThrownBy(() -> relay.inTurn(() -> {
                    throw new AssertionError("Claimed for nothing");
                }));
        assertThatExceptionOfType(CallNotPermittedException.class)
                .isThrownBy(() -> relay.send("d", () -> {
                    throw new AssertionError("Made for nobody");
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
    void aSenderThatIsRefusedTwentyTimesInARowIsBlocked(CapturedOutput output) {
        failure = () -> Relays.refused("550 5.7.1 blocked", false);
        for (int i = 0; i < RefusalStreak.BLOCKED; i++) {
            assertThatExceptionOfType(MailRefusedException.class).isThrownBy(this::send);
        }

        assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(this::send);
        assertThat(relay.senderIsBlocked()).isTrue();
        assertThat(output).contains("ALARM The mail relay has refused the last 20 mails");
    }

    @Test
    void mailsUnderWayWhenTheBlockIsNoticedAreKept() throws Exception {
        int more = 5;
        CountDownLatch allUnderWay = new CountDownLatch(RefusalStreak.BLOCKED + more);
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
        for (int i = 0; i < RefusalStreak.BLOCKED + more; i++) {
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

        assertThat(refused).hasValue(RefusalStreak.BLOCKED);
        assertThat(kept).hasValue(more);
    }

    @Test
    void oneMailTestsWhetherTheSenderIsStillBlocked() {
        failure = () -> Relays.refused("550 5.7.1 blocked", false);
        for (int i = 0; i < RefusalStreak.BLOCKED; i++) {
            trySend();
        }
        senderBreaker.transitionToHalfOpenState();
        assertThat(trySend()).isInstanceOf(MailRefusedException.class);
        assertThat(trySend()).isInstanceOf(CallNotPermittedException.class);

        senderBreaker.transitionToHalfOpenState();
        failure = () -> Relays.deferred("451 4.7.1 later");
        assertThat(trySend()).as("says nothing of the sender").isInstanceOf(MailDeferredException.class);
        failure = null;
        assertThat(trySend()).isNull();

        assertThat(relay.senderIsBlocked()).isFalse();
        assertThat(trySend()).isNull();
    }

    @Test
    void aMailThatIsTakenEndsAStreakOfRefusals() {
        for (int i = 0; i < 3 * RefusalStreak.BLOCKED; i++) {
            failure = i % RefusalStreak.BLOCKED == 0 ? null : () -> Relays.refused("550 5.7.1 no", false);
            trySend();
        }

        assertThat(relay.senderIsBlocked()).isFalse();
    }

    /** A hung filter: there are sessions, so that no connection finds out. */
    @Test
    void aRelayThatAnswersNoMailIsTestedByOneFromTimeToTime(CapturedOutput output) {
        for (int i = 0; i < RefusalStreak.BLOCKED; i++) {
            failure = i % 2 == 0 ? Relays::lost : Relays::uncertain;
            assertThat(trySend()).isInstanceOf(MailNotSentException.class);
        }
        assertThat(trySend()).isInstanceOf(CallNotPermittedException.class);
        assertThat(output).contains("ALARM The mail relay opens sessions, but has not answered the last 20 mails");

        senderBreaker.transitionToHalfOpenState();
        assertThat(trySend()).isInstanceOf(MailNotSentException.class);
        assertThat(trySend()).isInstanceOf(CallNotPermittedException.class);
        senderBreaker.transitionToHalfOpenState();
        failure = null;

        assertThat(trySend()).isNull();
        assertThat(trySend()).isNull();
    }

    @Test
    void anyAnswerEndsAStreakOfSilence() {
        List<Supplier<MailNotSentException>> answers =
                List.of(() -> Relays.deferred("451 4.7.1 later"), () -> Relays.refused("550 5.1.1 unknown", true));
        for (int i = 0; i < 4 * RefusalStreak.BLOCKED; i++) {
            failure = i % (RefusalStreak.BLOCKED - 1) == 0 ? answers.get(i % 2) : Relays::lost;
            assertThatExceptionOfType(MailNotSentException.class).isThrownBy(this::sendAtOnce);
        }

        assertThat(relay.senderIsBlocked()).isFalse();
    }

    @Test
    void whoWaitsForCapacityIsToldThatItIsBackThoughTheRateAloneHasRisen() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        AtomicInteger told = new AtomicInteger();
        Relay slow = relay(
                mail -> {
                    awaitOpen(taken);
                },
                1,
                100,
                LONG);
        slow.onCapacity(told::incrementAndGet);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            OutgoingMail mail = Mails.to("person-" + i + "@example.com");
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    slow.inTurn(() -> slow.send(mail.deliveryId(), () -> mail));
                } catch (RuntimeException interrupted) {
                    // The end of the test.
                }
            }));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> slow.capacity() <= 0);

        taken.countDown();

        await().atMost(Duration.ofSeconds(10)).until(() -> told.get() > 0);
        threads.forEach(Thread::interrupt);
    }

    @Test
    void addressesThatDoNotExistAreNoSignOfABlock() {
        failure = () -> Relays.refused("550 5.1.1 unknown", true);
        for (int i = 0; i < 3 * RefusalStreak.BLOCKED; i++) {
            trySend();
        }

        assertThat(relay.senderIsBlocked()).isFalse();
    }

    @Test
    void theSameMailRefusedAgainAndAgainIsNoSignOfABlock() {
        failure = () -> Relays.refused("550 5.7.1 no", false);
        for (int i = 0; i < 3 * RefusalStreak.BLOCKED; i++) {
            assertThatExceptionOfType(MailRefusedException.class)
                    .isThrownBy(() -> relay.send("d", () -> Mails.to("ana@example.com")));
        }

        assertThat(relay.senderIsBlocked()).isFalse();
    }

    @Test
    void aRelayThatWasDownIsProbedWithoutAMail() {
        AtomicInteger probes = new AtomicInteger();
        CountDownLatch secondBegun = new CountDownLatch(1);
        CountDownLatch secondMayEnd = new CountDownLatch(1);
        Relay probing = relay(
                new MailTransport() {

                    @Override
                    public void send(OutgoingMail mail) {
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
                .as("the permitted call is the probe's")
                .isThrownBy(() -> probing.send("d", () -> Mails.to("ana@example.com")));
        secondMayEnd.countDown();

        await().atMost(Duration.ofSeconds(30)).until(() -> breaker.getState() == CircuitBreaker.State.CLOSED);
        assertThat(probes).hasValue(2);
    }

    @Test
    void noMoreMailsASecondThanPermitted() {
        Relay slow = relay(this::take, 2, 10, Duration.ZERO);

        assertThatExceptionOfType(TurnTooLateException.class).isThrownBy(() -> {
            // However slow the machine: one of many in a row comes too early.
            for (int i = 0; i < 10_000; i++) {
                slow.inTurn(() -> slow.send("d", () -> Mails.to("ana@example.com")));
            }
        });
    }

    @Test
    void aRelayWithoutALimitTakesAllAndASlowOneWhatLeavesWithinAMinute() {
        assertThat(relay.capacity()).isEqualTo(Integer.MAX_VALUE);
        Relay slow = relay(this::take, 2, 10, LONG);
        AtomicInteger whileOneIsUnderWay = new AtomicInteger();

        slow.inTurn(() -> whileOneIsUnderWay.set(slow.capacity()));

        assertThat(whileOneIsUnderWay).hasValue(119);
        assertThat(slow.capacity()).isEqualTo(120);
    }

    @Test
    void noMoreMailsAtOnceThanPermitted() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        Relay narrow = relay(this::take, Double.POSITIVE_INFINITY, 1, Duration.ZERO);
        Thread busy = Thread.startVirtualThread(() -> narrow.inTurn(() -> {
            first.countDown();
            awaitOpen(second);
        }));
        first.await();

        assertThatExceptionOfType(BulkheadFullException.class).isThrownBy(() -> narrow.inTurn(() -> {}));
        second.countDown();
        busy.join();

        narrow.inTurn(() -> narrow.send("d", () -> Mails.to("ana@example.com")));
        assertThat(sent).hasSize(1);
    }
}
