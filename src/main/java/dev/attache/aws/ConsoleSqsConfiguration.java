package dev.attache.aws;

import dev.attache.role.ConditionalOnRole;
import dev.attache.role.Role;
import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.sqs.SqsProperties;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * SQS for operators: a client with its own connections. A refused or slow call of an operator neither raises an alarm
 * nor changes the worker's health, and takes no connection from the worker.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole({Role.WORKER, Role.CONSOLE})
class ConsoleSqsConfiguration {

    /** One try of a call. Longer than a receive waits. */
    private static final Duration ATTEMPT = Duration.ofSeconds(5);

    /** All tries of one call. */
    private static final Duration CALL = Duration.ofSeconds(15);

    /** Enough for the concurrent receives of some tasks. */
    private static final int CONNECTIONS = 50;

    /** Lazy, because it takes time to create. */
    @Lazy
    @Bean(defaultCandidate = false)
    SqsClient consoleSqs(
            final AwsClientBuilderConfigurer configurer,
            final SqsProperties properties,
            final ObjectProvider<AwsConnectionDetails> connection,
            final ObjectProvider<AwsSyncClientCustomizer> customizers) {
        return configurer
                .configureSyncClient(
                        SqsClient.builder(),
                        properties,
                        connection.getIfAvailable(),
                        Stream.of(builder -> builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                                .apiCallAttemptTimeout(ATTEMPT)
                                .apiCallTimeout(CALL)
                                .build())),
                        Stream.concat(
                                customizers.orderedStream(),
                                // After the customizers, which may have set one client for all.
                                Stream.of(builder -> builder.httpClient(null)
                                        .httpClientBuilder(
                                                Apache5HttpClient.builder().maxConnections(CONNECTIONS)))))
                .build();
    }
}
