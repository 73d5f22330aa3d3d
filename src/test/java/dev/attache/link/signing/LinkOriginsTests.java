package dev.attache.link.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.ObjectRef;
import dev.attache.link.LinkOrigins;
import dev.attache.link.LinkSigner;
import dev.attache.source.SourceConfiguration;
import dev.attache.source.SourcesProperties;
import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.AwsProperties;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.s3.S3AutoConfiguration;
import io.awspring.cloud.autoconfigure.s3.properties.S3Properties;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import software.amazon.awssdk.regions.Region;

/** The origins that pages may use are those of the links that are signed, for every bucket of every source. */
class LinkOriginsTests {

    private static ApplicationContextRunner with(String... settings) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        AwsAutoConfiguration.class,
                        CredentialsProviderAutoConfiguration.class,
                        RegionProviderAutoConfiguration.class,
                        S3AutoConfiguration.class))
                .withUserConfiguration(SourceConfiguration.class, LinkConfiguration.class)
                .withBean(Clock.class, Clock::systemUTC)
                .withPropertyValues(
                        "spring.cloud.aws.region.static=eu-west-1",
                        "spring.cloud.aws.credentials.access-key=" + Signers.ACCESS_KEY,
                        "spring.cloud.aws.credentials.secret-key=" + Signers.SECRET,
                        "attache.bucket=attachments",
                        "attache.sources.crm.buckets=reports,our.dotted.reports",
                        "attache.sources.crm.upload-bucket=from-customers",
                        "attache.sources.shop.prefixes=downloads/shop/")
                .withPropertyValues(settings);
    }

    /** Every origin is that of a link, and every link has one of the origins. */
    private static void assertOrigins(ApplicationContextRunner runner, String... origins) {
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(LinkOrigins.class).origins()).containsExactlyInAnyOrder(origins);
            LinkSigner signer = context.getBean(LinkSigner.class);
            assertThat(context.getBean(SourcesProperties.class).allBuckets())
                    .containsExactly("attachments", "from-customers", "our.dotted.reports", "reports")
                    .extracting(bucket -> origin(signer, bucket))
                    .containsOnly(origins);
        });
    }

    private static String origin(LinkSigner signer, String bucket) {
        URI link = URI.create(
                signer.get(new ObjectRef(bucket, "a", null), "a", null, Duration.ofHours(1), Duration.ofMinutes(1))
                        .url()
                        .reveal());
        return link.getScheme() + "://" + link.getRawAuthority();
    }

    /** A bucket whose name has dots is part of the path: no wildcard certificate covers its host. */
    @ParameterizedTest
    @CsvSource(textBlock = """
        us-east-1,      s3.amazonaws.com
        eu-central-1,   s3.eu-central-1.amazonaws.com
        cn-north-1,     s3.cn-north-1.amazonaws.com.cn
        us-gov-west-1,  s3.us-gov-west-1.amazonaws.com
        eusc-de-east-1, s3.eusc-de-east-1.amazonaws.eu
        us-iso-east-1,  s3.us-iso-east-1.c2s.ic.gov
        us-isob-east-1, s3.us-isob-east-1.sc2s.sgov.gov
        us-isof-south-1, s3.us-isof-south-1.csp.hci.ic.gov
        eu-isoe-west-1, s3.eu-isoe-west-1.cloud.adc-e.uk
        """)
    void theDomainIsThatOfTheRegionsPartition(String region, String host) {
        assertOrigins(
                with("spring.cloud.aws.region.static=" + region),
                "https://" + host,
                "https://attachments." + host,
                "https://from-customers." + host,
                "https://reports." + host);
    }

    static List<Region> everyRegion() {
        return Region.regions().stream()
                .filter(region -> !region.isGlobalRegion())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("everyRegion")
    void theDomainIsThatOfTheSdksMetadata(Region region) {
        String suffix = region.metadata().partition().dnsSuffix();

        assertThat(new BucketAddresses(region, null, false, EndpointVariant.STANDARD)
                        .origins(List.of("attachments", "our.reports"))
                        .origins())
                .hasSize(2)
                .allSatisfy(origin -> assertThat(origin).endsWith("." + suffix));
    }

    @Test
    void aPublicEndpointHasTheBucketsAsSubdomains() {
        assertOrigins(
                with("attache.links.public-endpoint=https://objects.example.com:8443/s3/"),
                "https://objects.example.com:8443",
                "https://attachments.objects.example.com:8443",
                "https://from-customers.objects.example.com:8443",
                "https://reports.objects.example.com:8443");
    }

    @Test
    void anEndpointWithPathStyleHasOneOrigin() {
        assertOrigins(
                with("spring.cloud.aws.s3.endpoint=http://inside:80", "attache.links.path-style=true"),
                "http://inside");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:9000", "https://[::1]:9000"})
    void aNumericEndpointHasOneOrigin(String endpoint) {
        assertOrigins(with("spring.cloud.aws.s3.endpoint=" + endpoint), endpoint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spring.cloud.aws.s3.dualstack-enabled", "spring.cloud.aws.dualstack-enabled"})
    void linksHaveTheClientsDualStackEndpoint(String setting) {
        assertOrigins(
                with(setting + "=true"),
                "https://s3.dualstack.eu-west-1.amazonaws.com",
                "https://attachments.s3.dualstack.eu-west-1.amazonaws.com",
                "https://from-customers.s3.dualstack.eu-west-1.amazonaws.com",
                "https://reports.s3.dualstack.eu-west-1.amazonaws.com");
    }

    @Test
    void linksHaveTheClientsFipsEndpoint() {
        assertOrigins(
                with(
                        "spring.cloud.aws.region.static=us-gov-west-1",
                        "spring.cloud.aws.fips-enabled=true",
                        "spring.cloud.aws.dualstack-enabled=true"),
                "https://s3-fips.dualstack.us-gov-west-1.amazonaws.com",
                "https://attachments.s3-fips.dualstack.us-gov-west-1.amazonaws.com",
                "https://from-customers.s3-fips.dualstack.us-gov-west-1.amazonaws.com",
                "https://reports.s3-fips.dualstack.us-gov-west-1.amazonaws.com");
    }

    /** The SDK reads these system properties like environment variables. */
    @Test
    void linksHaveTheVariantOfTheSdksOwnSettings() {
        System.setProperty("aws.useFipsEndpoint", "true");
        System.setProperty("aws.useDualstackEndpoint", "true");
        try {
            assertThat(EndpointVariant.configured(new AwsProperties(), new S3Properties()))
                    .isEqualTo(new EndpointVariant(true, true, false));
        } finally {
            System.clearProperty("aws.useFipsEndpoint");
            System.clearProperty("aws.useDualstackEndpoint");
        }
    }

    @Test
    void linksHaveTheClientsAcceleratedEndpoint() {
        with("spring.cloud.aws.s3.accelerate-mode-enabled=true", "attache.sources.crm.buckets=reports")
                .run(context -> assertThat(context.getBean(LinkOrigins.class).origins())
                        .containsExactly(
                                "https://attachments.s3-accelerate.amazonaws.com",
                                "https://from-customers.s3-accelerate.amazonaws.com",
                                "https://reports.s3-accelerate.amazonaws.com"));
    }

    /** S3 Transfer Acceleration has no bucket with dots in its name ("Requirements for using Amazon S3 …"). */
    @Test
    void aBucketWithoutAnAddressStopsTheStart() {
        with("spring.cloud.aws.s3.accelerate-mode-enabled=true")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("links to bucket our.dotted.reports")
                        .hasMessageContaining("spring.cloud.aws.s3.accelerate-mode-enabled"));
    }

    @Test
    void aPublicEndpointHasNoVariants() {
        assertOrigins(
                with(
                        "spring.cloud.aws.dualstack-enabled=true",
                        "attache.links.public-endpoint=https://objects.example.com",
                        "attache.links.path-style=true"),
                "https://objects.example.com");
    }
}
