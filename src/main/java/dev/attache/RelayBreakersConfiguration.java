package dev.attache;

import dev.attache.aws.CircuitBreakerDownstream;
import dev.attache.aws.CircuitBreakerLog;
import dev.attache.binder.gate.Downstream;
import dev.attache.delivery.relay.MailNotSentException;
import dev.attache.delivery.relay.Relay;
import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The circuit breakers of the mail relay: {@code mail} and {@code mail-sender}. Their settings are under
 * {@code resilience4j.circuitbreaker}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.WORKER)
class RelayBreakersConfiguration {

    @Bean
    CircuitBreaker mailBreaker(final CircuitBreakerRegistry breakers, final Clock clock) {
        CircuitBreaker breaker = breakers.circuitBreaker("mail");
        CircuitBreakerLog.watch(breaker, clock, CircuitBreakerLog.INPUTS_WAIT, RelayBreakersConfiguration::cause);
        return breaker;
    }

    /** Opens when the relay accepts sessions but refuses mail after mail; {@link Relay} decides when. */
    @Bean
    CircuitBreaker mailSenderBreaker(final CircuitBreakerRegistry breakers) {
        // Relay logs when it opens and closes.
        return breakers.circuitBreaker("mail-sender");
    }

    @Bean
    Downstream mail(final CircuitBreaker mailBreaker, final Relay relay) {
        return new RelayDownstream(mailBreaker, relay);
    }

    @Bean
    Downstream mailSenderDownstream(final CircuitBreaker mailSenderBreaker) {
        return new CircuitBreakerDownstream(mailSenderBreaker);
    }

    /** The cause of a mail's failure may contain the relay's reply, which may contain an address: it is not logged. */
    private static String cause(Throwable error) {
        return error instanceof MailNotSentException
                ? CircuitBreakerLog.firstLine(error)
                : CircuitBreakerLog.withInnermostCause(error);
    }
}
