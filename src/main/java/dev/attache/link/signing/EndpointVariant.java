package dev.attache.link.signing;

import io.awspring.cloud.autoconfigure.core.AwsProperties;
import io.awspring.cloud.autoconfigure.s3.properties.S3Properties;
import java.util.Optional;
import software.amazon.awssdk.awscore.endpoint.DualstackEnabledProvider;
import software.amazon.awssdk.awscore.endpoint.FipsEnabledProvider;

/**
 * A variant of AWS's own endpoints ("Amazon S3 endpoints and quotas").
 *
 * @param dualStack with IPv6 addresses too
 * @param fips with validated cryptographic modules
 * @param accelerate of S3 Transfer Acceleration
 */
record EndpointVariant(boolean dualStack, boolean fips, boolean accelerate) {

    static final EndpointVariant STANDARD = new EndpointVariant(false, false, false);

    /**
     * The variant of the S3 client, from the settings of Spring Cloud AWS or, without them, from the SDK's own: system
     * properties, environment variables and the profile. The client itself does not state it.
     */
    static EndpointVariant configured(AwsProperties aws, S3Properties s3) {
        return new EndpointVariant(
                Optional.ofNullable(s3.getDualstackEnabled())
                        .or(() -> Optional.ofNullable(aws.getDualstackEnabled()))
                        .or(() -> DualstackEnabledProvider.builder().build().isDualstackEnabled())
                        .orElse(false),
                Optional.ofNullable(aws.getFipsEnabled())
                        .or(() -> FipsEnabledProvider.builder().build().isFipsEnabled())
                        .orElse(false),
                Optional.ofNullable(s3.getAccelerateModeEnabled()).orElse(false));
    }

    /** The settings that choose it, for errors. */
    String settings() {
        return "spring.cloud.aws.dualstack-enabled=%s, spring.cloud.aws.fips-enabled=%s and spring.cloud.aws.s3.accelerate-mode-enabled=%s"
                .formatted(dualStack, fips, accelerate);
    }
}
