package dev.attache.aws;

import io.awspring.cloud.autoconfigure.s3.S3ClientCustomizer;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shows what AWS refuses this worker: in the log, in health and as an alarm. */
@Configuration(proxyBeanMethods = false)
class AwsRefusalsConfiguration {

    @Bean
    RefusedCalls refusedCalls(final Clock clock) {
        return new RefusedCalls(clock);
    }

    /** Those who make a client of their own add it. */
    @Bean
    RefusalInterceptor refusalInterceptor(final RefusedCalls refusals) {
        return new RefusalInterceptor(refusals);
    }

    @Bean
    S3ClientCustomizer s3Refusals(final RefusalInterceptor refusals) {
        return builder -> builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                .addExecutionInterceptor(refusals)
                .build());
    }

    @Bean
    AwsHealth awsHealthIndicator(final RefusedCalls refusals, final CircuitBreakerRegistry breakers) {
        return new AwsHealth(refusals, breakers);
    }

    @Bean
    MeterBinder accessDeniedAlarm(final RefusedCalls refusals) {
        return meters -> Gauge.builder(
                        "attache.alarms", refusals, it -> it.now().isEmpty() ? 0 : 1)
                .tags("alarm", "access-denied", "source", "all")
                .register(meters);
    }
}
