package dev.attache.aws;

import io.awspring.cloud.autoconfigure.s3.S3ClientCustomizer;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reports the calls that AWS refuses this worker: in the log, in health and as an alarm. */
@Configuration(proxyBeanMethods = false)
class AwsRefusalsConfiguration {

    @Bean
    RefusedCalls refusedCalls(final Clock clock) {
        return new RefusedCalls(clock);
    }

    /** Has to be added to every AWS client. */
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
