package dev.attache.delivery;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import jakarta.mail.internet.MimeMessage;

/**
 * The relay, given no more than it permits: at its rate, with so many mails under way at once, and with a circuit breaker that
 * finds out when it does not answer. Waiting for a turn comes before a mail is claimed, for a claim must not run out meanwhile.
 */
final class Relay {

    private final MailTransport transport;

    private final CircuitBreaker breaker;

    private final RateLimiter rate;

    private final Bulkhead underWay;

    Relay(MailTransport transport, CircuitBreaker breaker, int perSecond, int concurrent, Duration patience) {
        this.transport = transport;
        this.breaker = breaker;
        this.rate = RateLimiter.of("mail", RateLimiterConfig.custom().limitForPeriod(perSecond)
                .limitRefreshPeriod(Duration.ofSeconds(1)).timeoutDuration(patience).build());
        this.underWay = Bulkhead.of("mail", BulkheadConfig.custom().maxConcurrentCalls(concurrent)
                .maxWaitDuration(patience).build());
    }

    /**
     * Does the work when it is its turn.
     *
     * @throws io.github.resilience4j.ratelimiter.RequestNotPermitted    when its turn does not come in time
     * @throws io.github.resilience4j.bulkhead.BulkheadFullException     likewise
     */
    void inTurn(Runnable work) {
        underWay.executeRunnable(() -> {
            RateLimiter.waitForPermission(rate);
            work.run();
        });
    }

    /**
     * Sends a mail.
     *
     * @throws io.github.resilience4j.circuitbreaker.CallNotPermittedException while the relay is known not to answer
     * @throws RuntimeException                                                as {@link MailTransport#send} does
     */
    void send(Supplier<MimeMessage> mail) {
        breaker.acquirePermission();
        MimeMessage made;
        try {
            made = mail.get();
        } catch (RuntimeException | Error e) {
            breaker.releasePermission();
            throw e;
        }
        long start = breaker.getCurrentTimestamp();
        try {
            transport.send(made);
            breaker.onSuccess(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit());
        } catch (RuntimeException | Error e) {
            breaker.onError(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), e);
            throw e;
        }
    }
}
