package dev.attache;

import dev.attache.binder.Downstream;
import io.awspring.cloud.autoconfigure.s3.S3ClientCustomizer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The circuit breakers of what the worker calls: {@code sns}, {@code s3} and {@code mail}. An input receives nothing while one
 * that it needs is open. They are set under {@code resilience4j.circuitbreaker}.
 */
@Configuration(proxyBeanMethods = false)
class BreakersConfiguration {

    @Bean
    CircuitBreaker snsBreaker(final CircuitBreakerRegistry breakers) {
        return breakers.circuitBreaker("sns");
    }

    @Bean
    CircuitBreaker s3Breaker(final CircuitBreakerRegistry breakers) {
        return breakers.circuitBreaker("s3");
    }

    @Bean
    CircuitBreaker mailBreaker(final CircuitBreakerRegistry breakers) {
        return breakers.circuitBreaker("mail");
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
    Downstream mail(final CircuitBreaker mailBreaker) {
        return new BreakerDownstream(mailBreaker);
    }

    @Bean
    S3ClientCustomizer s3BreakerCustomizer(final CircuitBreaker s3Breaker) {
        return builder -> builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                .addExecutionInterceptor(new BreakerInterceptor(s3Breaker)).build());
    }
}
