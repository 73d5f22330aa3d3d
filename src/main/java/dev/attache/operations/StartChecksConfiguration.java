package dev.attache.operations;

import dev.attache.ledger.keys.Keys;
import dev.attache.source.SourcesProperties;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.s3.S3Client;

/** Checks that run before the first message is received. */
@Configuration(proxyBeanMethods = false)
class StartChecksConfiguration {

    /** The names are checked even if {@code attache.check-buckets} is false. */
    @Bean
    BucketNames bucketNames(SourcesProperties sources, @Value("${attache.ledger.bucket}") String ledgerBucket) {
        return BucketNames.of(sources, ledgerBucket);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "attache.check-buckets", matchIfMissing = true)
    BucketsCheck bucketsCheck(
            S3Client s3,
            BucketNames buckets,
            Keys keys,
            @Qualifier("locatorKeys") Keys locator,
            @Value("${attache.ledger.bucket}") String ledgerBucket,
            @Value("${attache.keys.prefix:attache-keys/}") String keysPrefix) {
        return new BucketsCheck(
                s3,
                buckets,
                keys,
                locator,
                ledgerBucket + "/" + keysPrefix,
                s3.serviceClientConfiguration().endpointOverride().isEmpty());
    }
}
