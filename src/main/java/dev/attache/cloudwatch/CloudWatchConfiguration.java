package dev.attache.cloudwatch;

import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.micrometer.cloudwatch2.CloudWatchMeterRegistry;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClientBuilder;

/** Meters in CloudWatch, if they are switched on. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("attache.cloudwatch.enabled")
@EnableConfigurationProperties(CloudWatchProperties.class)
class CloudWatchConfiguration {

    /** All tries of one call; a stop sends the last values and waits for no longer. */
    private static final Duration CALL = Duration.ofSeconds(5);

    /** A refused call of it neither raises an alarm nor changes the worker's health. */
    @Bean(destroyMethod = "close")
    BlockingCloudWatch cloudWatch(AwsClientBuilderConfigurer configurer) {
        CloudWatchClientBuilder builder = configurer.configure(CloudWatchClient.builder());
        return new BlockingCloudWatch(builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                        .apiCallTimeout(CALL)
                        .build())
                .build());
    }

    @Bean(destroyMethod = "close")
    CloudWatchMeterRegistry cloudWatchMeterRegistry(CloudWatchProperties properties, BlockingCloudWatch cloudWatch) {
        return CloudWatchMeters.registry(properties.namespace(), cloudWatch);
    }
}
