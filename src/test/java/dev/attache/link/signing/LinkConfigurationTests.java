package dev.attache.link.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.link.LinkOrigins;
import dev.attache.link.LinkSigner;
import dev.attache.link.credentials.AmbientCredentials;
import dev.attache.link.credentials.SigningCredentials;
import dev.attache.link.credentials.StsEmulator;
import dev.attache.source.SourceConfiguration;
import dev.attache.storage.StorageConfiguration;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class LinkConfigurationTests {

    private static final AwsCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create(Signers.ACCESS_KEY, Signers.SECRET));

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(SourceConfiguration.class, StorageConfiguration.class, LinkConfiguration.class)
            .withBean(Clock.class, Clock::systemUTC)
            .withBean(AwsCredentialsProvider.class, () -> CREDENTIALS)
            .withBean(
                    S3Client.class,
                    () -> S3Client.builder()
                            .region(Region.SA_EAST_1)
                            .credentialsProvider(CREDENTIALS)
                            .endpointOverride(URI.create("http://inside:9000"))
                            .build())
            .withPropertyValues("attache.bucket=attachments", "attache.sources.crm.prefixes=downloads/crm/,book/");

    @Test
    void linksAreSignedForTheEndpointOfTheWorker() {
        runner.withPropertyValues("attache.links.path-style=true")
                .run(context -> assertThat(address(context.getBean(LinkSigner.class)))
                        .startsWith("http://inside:9000/attachments/a?")
                        .contains("sa-east-1"));
    }

    @Test
    void linksAreSignedForTheConfiguredPublicEndpoint() {
        runner.withPropertyValues("attache.links.public-endpoint=https://example.com")
                .run(context -> assertThat(address(context.getBean(LinkSigner.class)))
                        .startsWith("https://attachments.example.com/a?"));
    }

    /** The SDK reads this system property like the environment variable {@code AWS_ENDPOINT_URL_S3}. */
    @Test
    void theEndpointSettingOfTheSdkAppliesToClientAndLinks() {
        System.setProperty("aws.endpointUrlS3", "http://emulator:4566");
        try {
            new ApplicationContextRunner()
                    .withUserConfiguration(
                            SourceConfiguration.class, StorageConfiguration.class, LinkConfiguration.class)
                    .withBean(Clock.class, Clock::systemUTC)
                    .withBean(AwsCredentialsProvider.class, () -> CREDENTIALS)
                    .withBean(
                            S3Client.class,
                            () -> S3Client.builder()
                                    .region(Region.SA_EAST_1)
                                    .credentialsProvider(CREDENTIALS)
                                    .build())
                    .withPropertyValues("attache.bucket=attachments", "attache.links.path-style=true")
                    .run(context -> {
                        assertThat(context.getBean(LinkOrigins.class).origins())
                                .containsExactly("http://emulator:4566");
                        assertThat(address(context.getBean(LinkSigner.class)))
                                .startsWith("http://emulator:4566/attachments/a?");
                    });
        } finally {
            System.clearProperty("aws.endpointUrlS3");
        }
    }

    @Test
    void aMinimumThatTheCredentialsDoNotAllowStopsTheStart() {
        runner.withPropertyValues("attache.sources.crm.min-expiry=1d")
                .withBean(
                        "awsCredentials",
                        AwsCredentialsProvider.class,
                        () -> StaticCredentialsProvider.create(Signers.session(
                                "ASIA1", Clock.systemUTC().instant().plusSeconds(3600))),
                        definition -> definition.setPrimary(true))
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageStartingWith(
                                "attache.sources.crm.min-expiry is 1d, but links are valid for 6h at most"));
    }

    @Test
    void linksAreSignedWithTheWorkersCredentialsByDefault() {
        runner.run(context -> {
            assertThat(context.getBean(LinkSigner.class)).isSameAs(context.getBean(LinkSigner.class));
            assertThat(context).getBean(SigningCredentials.class).isInstanceOf(AmbientCredentials.class);
            assertThat(context).getBean(AwsCredentialsProvider.class).isSameAs(CREDENTIALS);
        });
    }

    @Test
    void linksAreSignedWithTheConfiguredRole() throws IOException {
        try (StsEmulator sts = new StsEmulator()) {
            runner.withPropertyValues(
                            "attache.links.signing-role-arn=arn:aws:iam::123456789012:role/attache-links",
                            "attache.links.signing-session=2h")
                    .withBean(AwsClientBuilderConfigurer.class, () -> sts.reachedBy(CREDENTIALS))
                    .run(context -> {
                        assertThat(address(context.getBean(LinkSigner.class))).contains("ASIAEMULATOR");
                        assertThat(sts.requests)
                                .singleElement()
                                .asString()
                                .contains(
                                        "Action=AssumeRole",
                                        "role%2Fattache-links",
                                        "RoleSessionName=attache",
                                        "DurationSeconds=7200");
                        assertThat(context)
                                .getBean(AwsCredentialsProvider.class)
                                .isSameAs(CREDENTIALS);
                    });
        }
    }

    @Test
    void theStsClientHasTheWorkersInterceptors() throws IOException {
        AtomicInteger seen = new AtomicInteger();
        try (StsEmulator sts = new StsEmulator()) {
            runner.withPropertyValues("attache.links.signing-role-arn=arn:aws:iam::123456789012:role/attache-links")
                    .withBean(AwsClientBuilderConfigurer.class, () -> sts.reachedBy(CREDENTIALS))
                    .withBean(ExecutionInterceptor.class, () -> new ExecutionInterceptor() {

                        @Override
                        public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
                            seen.incrementAndGet();
                        }
                    })
                    .run(context -> assertThat(context).hasNotFailed());
        }

        assertThat(seen).hasValue(1);
    }

    private static String address(LinkSigner signer) {
        return signer.get(Signers.object("a"), "a", null, Duration.ofHours(1), Duration.ofMinutes(1))
                .url()
                .reveal();
    }
}
