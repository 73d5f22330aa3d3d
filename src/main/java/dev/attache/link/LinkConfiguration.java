package dev.attache.link;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;

/** The link room's beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SourcesProperties.class, LinksProperties.class, UploadEncryptionProperties.class})
class LinkConfiguration {

    /** Nobody may link to the ledger or the installation's keys, neither where they are by default nor where they have been moved to. */
    @Bean
    SourcePolicies sourcePolicies(SourcesProperties properties,
            @Value("${attache.ledger.prefix:ledger/}") String ledgerPrefix,
            @Value("${attache.keys.prefix:attache-keys/}") String keysPrefix) {
        return new ConfiguredSources(properties, List.of("ledger/", ledgerPrefix, "attache-keys/", keysPrefix));
    }

    /** The role that is assumed for signing, where there is one, and otherwise whatever the worker's clients sign with. */
    @Bean(destroyMethod = "close")
    SigningCredentials signingCredentials(LinksProperties properties, AwsCredentialsProvider credentials,
            ObjectProvider<AwsClientBuilderConfigurer> aws, ObjectProvider<ExecutionInterceptor> interceptors, Clock clock) {
        String role = properties.signingRoleArn();
        return role == null ? new GivenCredentials(credentials, properties.unknownSessionLife(), clock)
                : new AssumedRole(sts(aws.getObject(), interceptors.orderedStream().toList()), role, properties.signingSession(), clock);
    }

    /** Signing waits for STS, and a message's visibility timeout for signing. */
    private static StsClient sts(AwsClientBuilderConfigurer aws, List<ExecutionInterceptor> interceptors) {
        StsClientBuilder builder = aws.configure(StsClient.builder());
        ClientOverrideConfiguration.Builder configuration = builder.overrideConfiguration().toBuilder();
        interceptors.forEach(configuration::addExecutionInterceptor);
        return builder.overrideConfiguration(configuration.apiCallAttemptTimeout(Duration.ofSeconds(3))
                .apiCallTimeout(Duration.ofSeconds(10)).build()).build();
    }

    @Bean
    MinimumLifetimes minimumLifetimes(SourcesProperties properties, SigningCredentials credentials) {
        return new MinimumLifetimes(properties, credentials);
    }

    /** The worker's own, unless there is a public one. The client is asked, for it may be configured in many places. */
    @Bean
    LinkEndpoint linkEndpoint(LinksProperties properties, S3Client s3) {
        URI address = properties.publicEndpoint() != null ? properties.publicEndpoint()
                : s3.serviceClientConfiguration().endpointOverride().orElse(null);
        return new LinkEndpoint(address, address != null ? address
                : BucketAddresses.awsHost(s3.serviceClientConfiguration().region()));
    }

    /** Signs for the region that the worker itself uses. */
    @Bean
    LinkSigner linkSigner(LinksProperties properties, SigningCredentials credentials, S3Client s3,
            LinkEndpoint endpoint, UploadEncryptionProperties uploads, Clock clock) {
        return new S3LinkSigner(credentials, s3.serviceClientConfiguration().region(), endpoint.address(),
                properties.pathStyle(), uploads.encryption(), clock);
    }

    @Bean
    ObjectCatalog objectCatalog(S3Client s3, LinksProperties properties, Clock clock) {
        return new S3ObjectCatalog(s3, properties.catalogTtl(), properties.catalogSize(), clock);
    }

    /**
     * For the pages, which have an S3 client of their own. They ask whether a file is there already. S3's 403 does not tell them, so they neither
     * compare it with other objects nor raise an alarm. Lazy: made where there are pages.
     */
    @Lazy
    @Bean(defaultCandidate = false)
    ObjectCatalog pageCatalog(@Qualifier("pagesS3") S3Client s3, LinksProperties properties, Clock clock) {
        return new S3ObjectCatalog(s3, new ObjectAccess(s3, false), properties.catalogTtl(), properties.catalogSize(), clock);
    }
}
