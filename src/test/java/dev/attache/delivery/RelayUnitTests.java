package dev.attache.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

import dev.attache.contract.RejectedException;
import dev.attache.contract.RejectionCode;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.Test;
import org.springframework.mail.MailSendException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RelayUnitTests {

    private final MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()));

    private final List<MimeMessage> sent = new ArrayList<>();

    private final CircuitBreaker breaker = CircuitBreaker.of("mail", CircuitBreakerConfig.custom().minimumNumberOfCalls(2)
            .slidingWindowSize(2).waitDurationInOpenState(Duration.ofHours(1)).ignoreExceptions(RejectedException.class).build());

    private Relay relay(MailTransport transport, int perSecond, int concurrent) {
        return new Relay(transport, breaker, perSecond, concurrent, Duration.ZERO);
    }

    @Test
    void aRelayThatDoesNotAnswerIsNotAskedAgainForAWhileAndMailsAreNotEvenMade() {
        Relay relay = relay(it -> {
            throw new MailSendException("down");
        }, 100, 1);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(MailSendException.class).isThrownBy(() -> relay.send(() -> mail));
        }

        assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(() -> relay.send(() -> {
            throw new AssertionError("Made for nobody");
        }));
    }

    @Test
    void anAddressThatIsRefusedOrAMailThatCannotBeMadeSaysNothingAboutTheRelay() {
        Relay relay = relay(it -> {
            throw new RejectedException(RejectionCode.ADDRESS_INVALID, "no such mailbox");
        }, 100, 1);
        for (int i = 0; i < 4; i++) {
            assertThatExceptionOfType(RejectedException.class).isThrownBy(() -> relay.send(() -> mail));
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> relay.send(() -> {
                throw new IllegalStateException("no template");
            }));
        }

        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void noMoreMailsASecondThanPermitted() {
        Relay relay = relay(sent::add, 2, 10);

        assertThatExceptionOfType(RequestNotPermitted.class).isThrownBy(() -> {
            // However slow the machine: one of many in a row falls into a second that is used up.
            for (int i = 0; i < 10_000; i++) {
                relay.inTurn(() -> relay.send(() -> mail));
            }
        });
    }

    @Test
    void noMoreMailsAtOnceThanPermitted() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        Relay relay = relay(sent::add, 100, 1);
        Thread busy = Thread.startVirtualThread(() -> relay.inTurn(() -> {
            first.countDown();
            try {
                second.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        first.await();

        assertThatExceptionOfType(BulkheadFullException.class).isThrownBy(() -> relay.inTurn(() -> { }));
        second.countDown();
        busy.join();

        relay.inTurn(() -> relay.send(() -> mail));
        assertThat(sent).hasSize(1);
    }
}
