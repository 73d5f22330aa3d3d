package dev.attache.link.signing;

import dev.attache.link.LinkEndpoint;
import dev.attache.link.LinkSigner;
import dev.attache.link.LinksProperties;
import dev.attache.link.credentials.AmbientCredentials;
import dev.attache.link.credentials.AssumedRole;
import dev.attache.link.credentials.SigningCredentials;
import dev.attache.source.SourcesProperties;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
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

    /** The public endpoint if configured, otherwise that of the S3 client, which can be set in several ways. */
    @Bean
    LinkEndpoint linkEndpoint(LinksProperties properties, S3Client s3) {
        URI address = properties.publicEndpoint() != null
                ? properties.publicEndpoint()
                : s3.serviceClientConfiguration().endpointOverride().orElse(null);
        return new LinkEndpoint(
                address,
                address != null
                        ? address
                        : BucketAddresses.awsHost(
                                s3.serviceClientConfiguration().region()));
    }

    /** Signs for the region of the S3 client. */
    @Bean
    LinkSigner linkSigner(
            LinksProperties properties,
            SigningCredentials credentials,
            S3Client s3,
            LinkEndpoint endpoint,
            Clock clock) {
        return new S3LinkSigner(
                credentials,
                s3.serviceClientConfiguration().region(),
                endpoint.address(),
                properties.pathStyle(),
                clock);
    }
}
