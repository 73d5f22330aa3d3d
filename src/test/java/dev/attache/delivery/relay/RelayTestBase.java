package dev.attache.delivery.relay;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A relay whose transport fails as a test chooses. */
abstract class RelayTestBase {

    static final Duration LONG = Duration.ofHours(1);

    final List<OutgoingMail> sent = new ArrayList<>();

    final CircuitBreaker breaker = CircuitBreaker.of(
            "mail",
            CircuitBreakerConfig.custom()
                    .minimumNumberOfCalls(2)
                    .slidingWindowSize(2)
                    .waitDurationInOpenState(LONG)
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .build());

    final CircuitBreaker senderBreaker = CircuitBreaker.of(
            "mail-sender",
            CircuitBreakerConfig.custom()
                    .minimumNumberOfCalls(1_000_000)
                    .waitDurationInOpenState(LONG)
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .build());

    /** What the transport throws; null if it accepts the mail. */
    @Nullable
    Supplier<MailNotSentException> failure;

    int mails;

    final Relay relay = relay(Relays.accepting(this::accept), Double.POSITIVE_INFINITY, 10, Duration.ofSeconds(5));

    void accept(OutgoingMail mail) {
        if (failure != null) {
            throw failure.get();
        }
        sent.add(mail);
    }

    Relay relay(MailTransport transport, double perSecond, int concurrent, Duration patience) {
        return new Relay(transport, breaker, senderBreaker, perSecond, concurrent, patience);
    }

    void send() {
        OutgoingMail mail = Mails.to("person-" + mails++ + "@example.com");
        relay.withPermit(() -> relay.send(mail.deliveryId(), () -> mail));
    }

    /** Without a permit, for which the rate may require a wait. */
    void sendAtOnce() {
        OutgoingMail mail = Mails.to("person-" + mails++ + "@example.com");
        relay.send(mail.deliveryId(), () -> mail);
    }

    @Nullable
    RuntimeException trySend() {
        try {
            sendAtOnce();
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** Returns when the latch is open, or when the end of the test interrupts the thread. */
    static void awaitOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
