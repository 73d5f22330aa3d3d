package dev.attache.link.signing;

import dev.attache.link.LinkOrigins;
import dev.attache.link.LinkSigner;
import dev.attache.link.LinksProperties;
import dev.attache.link.credentials.AmbientCredentials;
import dev.attache.link.credentials.AssumedRole;
import dev.attache.link.credentials.SigningCredentials;
import dev.attache.source.SourcesProperties;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsProperties;
import io.awspring.cloud.autoconfigure.s3.properties.S3Properties;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;

/** Beans that sign links. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LinksProperties.class)
class LinkConfiguration {

    /**
     * The configured role, or the credentials of the worker's AWS clients if there is none. Spring closes an
     * {@link AssumedRole}.
     */
    @Bean
    SigningCredentials signingCredentials(
            LinksProperties properties,
            AwsCredentialsProvider credentials,
            ObjectProvider<AwsClientBuilderConfigurer> aws,
            ObjectProvider<ExecutionInterceptor> interceptors,
            Clock clock) {
        String role = properties.signingRoleArn();
        return role == null
                ? new AmbientCredentials(credentials, properties.unknownSessionLife(), clock)
                : new AssumedRole(
                        sts(aws.getObject(), interceptors.orderedStream().toList()),
                        role,
                        properties.signingSession(),
                        clock);
    }

    /** With short timeouts: a message stays in flight while its link waits for STS. */
    private static StsClient sts(AwsClientBuilderConfigurer aws, List<ExecutionInterceptor> interceptors) {
        StsClientBuilder builder = aws.configure(StsClient.builder());
        ClientOverrideConfiguration.Builder configuration = builder.overrideConfiguration().toBuilder();
        interceptors.forEach(configuration::addExecutionInterceptor);
        return builder.overrideConfiguration(configuration
                        .apiCallAttemptTimeout(Duration.ofSeconds(3))
                        .apiCallTimeout(Duration.ofSeconds(10))
                        .build())
                .build();
    }

    @Bean
    MinimumLifetimeCheck minimumLifetimeCheck(SourcesProperties properties, SigningCredentials credentials) {
        return new MinimumLifetimeCheck(properties, credentials);
    }

    /**
     * The public endpoint if configured, otherwise that of the S3 client, which can be set in several ways. Links have
     * the client's region and its variant of AWS's own endpoints.
     */
    @Bean
    BucketAddresses bucketAddresses(
            LinksProperties properties,
            S3Client s3,
            ObjectProvider<AwsProperties> aws,
            ObjectProvider<S3Properties> settings) {
        URI address = properties.publicEndpoint() != null
                ? properties.publicEndpoint()
                : s3.serviceClientConfiguration().endpointOverride().orElse(null);
        return new BucketAddresses(
                s3.serviceClientConfiguration().region(),
                address,
                properties.pathStyle(),
                EndpointVariant.configured(
                        aws.getIfAvailable(AwsProperties::new), settings.getIfAvailable(S3Properties::new)));
    }

    /** The origins of links to every configured bucket. */
    @Bean
    LinkOrigins linkOrigins(BucketAddresses addresses, SourcesProperties sources) {
        return addresses.origins(sources.allBuckets());
    }

    @Bean
    LinkSigner linkSigner(SigningCredentials credentials, BucketAddresses addresses, Clock clock) {
        return new S3LinkSigner(credentials, addresses, clock);
    }
}
