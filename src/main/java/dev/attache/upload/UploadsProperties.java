package dev.attache.upload;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the sweeper, which settles expired uploads.
 *
 * @param sweepInterval the mean pause between two sweeps; {@code 0} if this instance must not sweep
 * @param sweepGrace the time between the expiry of an upload and its settlement. It must be longer than the lifetime of
 *     the upload page's links, because the page may sign a link just before the expiry; add time for slow uploads
 * @param sweepLimit the most expired uploads per sweep
 */
@ConfigurationProperties("attache.uploads")
record UploadsProperties(
        @DefaultValue("1m") Duration sweepInterval,
        @DefaultValue("10m") Duration sweepGrace,
        @DefaultValue("500") int sweepLimit) {

    UploadsProperties {
        if (sweepInterval.isNegative()) {
            throw new IllegalArgumentException(
                    ("attache.uploads.sweep-interval is %s, but must be positive, " + "or 0 for no sweeping")
                            .formatted(sweepInterval));
        }
        if (sweepLimit < 1) {
            throw new IllegalArgumentException(
                    "attache.uploads.sweep-limit is %d, but must be at least 1".formatted(sweepLimit));
        }
    }

    /** @throws IllegalStateException if a link that was signed just before the expiry could be used after the grace */
    UploadsProperties requireGraceBeyond(Duration linkLifetime) {
        if (sweepInterval.isPositive() && sweepGrace.compareTo(linkLifetime) <= 0) {
            throw new IllegalStateException(
                    ("attache.uploads.sweep-grace is %ds, but the upload page's links are valid for %ds"
                                    + " (attache.gateway.upload-link-lifetime): set it to a longer time")
                            .formatted(sweepGrace.toSeconds(), linkLifetime.toSeconds()));
        }
        return this;
    }
}
