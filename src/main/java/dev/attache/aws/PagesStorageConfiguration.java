package dev.attache.aws;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.s3.S3ClientCustomizer;
import io.awspring.cloud.autoconfigure.s3.properties.S3Properties;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * S3 for the pages: a client with its own connections and its own circuit breaker ({@code pages}), which no input
 * depends on. Anyone on the Internet can request pages and so cause calls to S3, which must not affect the processing
 * of messages.
 */
@Configuration(proxyBeanMethods = false)
class PagesStorageConfiguration {

    /** One try of a call. A person waits for it. */
    private static final Duration ATTEMPT = Duration.ofSeconds(2);

    /** All tries of one call. */
    private static final Duration CALL = Duration.ofSeconds(4);

    private static final int TRIES = 2;

    @Bean(defaultCandidate = false)
    CircuitBreaker pagesBreaker(final CircuitBreakerRegistry breakers, final Clock clock) {
        CircuitBreaker breaker = breakers.circuitBreaker("pages");
        CircuitBreakerLog.watch(
                breaker, clock, "pages answer 503 until it does", CircuitBreakerLog::withInnermostCause);
        return breaker;
    }

    /**
     * Has the same settings as the client of the worker, except for its circuit breaker and timeouts.
     *
     * @param concurrent the number of connections: that of concurrent page requests, so that no request waits for a
     *     connection
     */
    @Bean(defaultCandidate = false)
    S3Client pagesS3(
            final AwsClientBuilderConfigurer configurer,
            final S3Properties properties,
            final ObjectProvider<AwsConnectionDetails> connection,
            final ObjectProvider<S3ClientCustomizer> customizers,
            final ObjectProvider<AwsSyncClientCustomizer> syncCustomizers,
            @Qualifier("pagesBreaker") final CircuitBreaker breaker,
            @Value("${attache.gateway.limits.concurrent:50}") final int concurrent) {
        S3ClientBuilder builder = configurer.configureSyncClient(
                S3Client.builder(),
                properties,
                connection.getIfAvailable(),
                customizers.orderedStream(),
                syncCustomizers.orderedStream());
        return builder.serviceConfiguration(properties.toS3Configuration())
                // A customizer may have set one for the worker.
                .httpClient(null)
                .httpClientBuilder(Apache5HttpClient.builder()
                        .maxConnections(Math.max(1, concurrent))
                        .connectionAcquisitionTimeout(ATTEMPT)
                        .connectionTimeout(ATTEMPT))
                .overrideConfiguration(forPages(builder.overrideConfiguration(), breaker))
                .build();
    }

    private static ClientOverrideConfiguration forPages(ClientOverrideConfiguration workers, CircuitBreaker breaker) {
        return workers.toBuilder()
                .executionInterceptors(workers.executionInterceptors().stream()
                        .filter(interceptor -> !(interceptor instanceof CircuitBreakerInterceptor))
                        .toList())
                .addExecutionInterceptor(new CircuitBreakerInterceptor(breaker))
                .apiCallAttemptTimeout(ATTEMPT)
                .apiCallTimeout(CALL)
                .retryStrategy(strategy -> strategy.maxAttempts(TRIES))
                .build();
    }
}
