package dev.attache;

import java.time.Clock;

import dev.attache.binder.Downstream;
import dev.attache.delivery.relay.Relay;
import io.awspring.cloud.autoconfigure.s3.S3ClientCustomizer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The circuit breakers of what the worker calls: {@code sns}, {@code s3}, {@code mail} and {@code mail-sender}. An input receives nothing while one
 * that it needs is open. They are set under {@code resilience4j.circuitbreaker}. The pages have one of their own ({@link PagesStorageConfiguration}).
 */
@Configuration(proxyBeanMethods = false)
class BreakersConfiguration {

    @Bean
    CircuitBreaker snsBreaker(final CircuitBreakerRegistry breakers, final Clock clock) {
        return watched(breakers, "sns", clock);
    }

    @Bean
    CircuitBreaker s3Breaker(final CircuitBreakerRegistry breakers, final Clock clock) {
        return watched(breakers, "s3", clock);
    }

    @Bean
    CircuitBreaker mailBreaker(final CircuitBreakerRegistry breakers, final Clock clock) {
        return watched(breakers, "mail", clock);
    }

    /** Opens when the relay gives sessions, but refuses mail after mail: {@link Relay} says when. */
    @Bean
    CircuitBreaker mailSenderBreaker(final CircuitBreakerRegistry breakers) {
        // Says itself when it opens and closes.
        return breakers.circuitBreaker("mail-sender");
    }

    private static CircuitBreaker watched(final CircuitBreakerRegistry breakers, final String name, final Clock clock) {
        CircuitBreaker breaker = breakers.circuitBreaker(name);
        BreakerLog.watch(breaker, clock);
        return breaker;
    }

    @Bean
    Downstream sns(final CircuitBreaker snsBreaker) {
        return new BreakerDownstream(snsBreaker);
    }

    @Bean
    Downstream s3(final CircuitBreaker s3Breaker) {
        return new BreakerDownstream(s3Breaker);
    }

    @Bean
    Downstream mail(final CircuitBreaker mailBreaker, final Relay relay) {
        return new RelayDownstream(mailBreaker, relay);
    }

    @Bean
    Downstream mailSenderDownstream(final CircuitBreaker mailSenderBreaker) {
        return new BreakerDownstream(mailSenderBreaker);
    }

    @Bean
    S3ClientCustomizer s3BreakerCustomizer(final CircuitBreaker s3Breaker) {
        return builder -> builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                .addExecutionInterceptor(new BreakerInterceptor(s3Breaker)).build());
    }
}
