package dev.attache.aws;

import dev.attache.binder.gate.Downstream;
import io.awspring.cloud.autoconfigure.s3.S3ClientCustomizer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The circuit breakers of AWS services: {@code sns} and {@code s3}. An input receives nothing while a circuit breaker
 * that it needs is open. Their settings are under {@code resilience4j.circuitbreaker}. The pages have their own
 * ({@link PagesStorageConfiguration}).
 */
@Configuration(proxyBeanMethods = false)
public class CircuitBreakersConfiguration {

    @Bean
    CircuitBreaker snsBreaker(final CircuitBreakerRegistry breakers, final Clock clock) {
        return watched(breakers, "sns", clock);
    }

    @Bean
    CircuitBreaker s3Breaker(final CircuitBreakerRegistry breakers, final Clock clock) {
        return watched(breakers, "s3", clock);
    }

    private static CircuitBreaker watched(final CircuitBreakerRegistry breakers, final String name, final Clock clock) {
        CircuitBreaker breaker = breakers.circuitBreaker(name);
        CircuitBreakerLog.watch(breaker, clock, CircuitBreakerLog.INPUTS_WAIT, CircuitBreakerLog::withInnermostCause);
        return breaker;
    }

    @Bean
    Downstream sns(final CircuitBreaker snsBreaker) {
        return new CircuitBreakerDownstream(snsBreaker);
    }

    @Bean
    Downstream s3(final CircuitBreaker s3Breaker) {
        return new CircuitBreakerDownstream(s3Breaker);
    }

    @Bean
    S3ClientCustomizer s3BreakerCustomizer(final CircuitBreaker s3Breaker) {
        return builder -> builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                .addExecutionInterceptor(new CircuitBreakerInterceptor(s3Breaker))
                .build());
    }
}
