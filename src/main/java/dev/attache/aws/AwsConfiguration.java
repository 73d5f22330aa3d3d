package dev.attache.aws;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.s3.S3ClientCustomizer;
import io.awspring.cloud.autoconfigure.sns.SnsProperties;
import io.awspring.cloud.autoconfigure.sqs.SqsProperties;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The AWS clients that Spring Cloud AWS does not create, and the timeouts of all clients. */
@Configuration(proxyBeanMethods = false)
class AwsConfiguration {

    /** One try of a call. Longer than the 20 s that a receive may wait. */
    private static final Duration SQS_ATTEMPT = Duration.ofSeconds(25);

    private static final Duration ATTEMPT = Duration.ofSeconds(5);

    /** All tries of one call. */
    private static final Duration CALL = Duration.ofSeconds(20);

    @Bean
    S3Clock clock() {
        return new S3Clock(Clock.systemUTC());
    }

    @Bean
    S3ClientCustomizer s3ClockOffset(final S3Clock clock) {
        return builder -> builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                .addExecutionInterceptor(clock.interceptor())
                .build());
    }

    @Bean
    ClockHealth clockHealthIndicator(final S3Clock clock, final MeterRegistry meters) {
        Gauge.builder("attache.clock.offset", clock, it -> it.offset().toMillis() / 1000.0)
                .baseUnit("seconds")
                .description("difference between the clocks of S3 and of this machine; positive if that of S3 is ahead")
                .register(meters);
        return new ClockHealth(clock);
    }

    /** Replaces the asynchronous client of the SDK that Spring Cloud AWS creates. */
    @Bean(destroyMethod = "close")
    SqsAsyncClient sqsAsyncClient(
            final AwsClientBuilderConfigurer configurer,
            final SqsProperties properties,
            final ObjectProvider<AwsConnectionDetails> connection,
            final ObjectProvider<AwsSyncClientCustomizer> customizers,
            final RefusalInterceptor refusals) {
        return new BlockingSqs(configurer
                .configureSyncClient(
                        SqsClient.builder(),
                        properties,
                        connection.getIfAvailable(),
                        Stream.of(builder -> builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                                .apiCallAttemptTimeout(SQS_ATTEMPT)
                                .addExecutionInterceptor(refusals)
                                .build())),
                        customizers.orderedStream())
                .build());
    }

    @Bean(destroyMethod = "close")
    SnsAsyncClient snsAsyncClient(
            final AwsClientBuilderConfigurer configurer,
            final SnsProperties properties,
            final ObjectProvider<AwsConnectionDetails> connection,
            final ObjectProvider<AwsSyncClientCustomizer> customizers,
            final CircuitBreaker snsBreaker,
            final RefusalInterceptor refusals) {
        return new BlockingSns(configurer
                .configureSyncClient(
                        SnsClient.builder(),
                        properties,
                        connection.getIfAvailable(),
                        Stream.of(builder -> builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                                .apiCallAttemptTimeout(ATTEMPT)
                                .apiCallTimeout(CALL)
                                .addExecutionInterceptor(new CircuitBreakerInterceptor(snsBreaker))
                                .addExecutionInterceptor(refusals)
                                .addExecutionInterceptor(new PublishBatchForm())
                                .build())),
                        customizers.orderedStream())
                .build());
    }

    @Bean
    S3ClientCustomizer s3Timeouts() {
        return builder -> builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                .apiCallAttemptTimeout(ATTEMPT)
                .apiCallTimeout(CALL)
                .build());
    }

    /**
     * The objects that are written have a few hundred bytes and a checksum of their own; the trailing checksum of the
     * SDK is expensive for them.
     */
    @Bean
    S3ClientCustomizer s3Checksums() {
        return builder -> builder.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED);
    }
}
