package dev.attache.upload;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How uploads that never came are found.
 *
 * @param sweepInterval about how long it is from one look at the overdue uploads to the next; {@code 0} for an instance
 *     that leaves that to others
 * @param sweepGrace how long after its time an upload is waited for: longer than the links that the upload page signs
 *     live, for one may be signed at the last moment, and with room for a slow upload
 * @param sweepLimit how many overdue uploads are listed at a time
 */
@ConfigurationProperties("attache.uploads")
record UploadsProperties(
        @DefaultValue("1m") Duration sweepInterval,
        @DefaultValue("10m") Duration sweepGrace,
        @DefaultValue("500") int sweepLimit) {

    UploadsProperties {
        if (sweepInterval.isNegative()) {
            throw new IllegalArgumentException(
                    ("attache.uploads.sweep-interval is %s, but has to be positive, " + "or 0 for no sweeping")
                            .formatted(sweepInterval));
        }
        if (sweepLimit < 1) {
            throw new IllegalArgumentException(
                    "attache.uploads.sweep-limit is %d, but has to be at least 1".formatted(sweepLimit));
        }
    }

    /** @throws IllegalStateException when a link that was signed at the last moment may outlive the grace */
    UploadsProperties requireGraceBeyond(Duration linkLifetime) {
        if (sweepInterval.isPositive() && sweepGrace.compareTo(linkLifetime) <= 0) {
            throw new IllegalStateException(
                    ("attache.uploads.sweep-grace is %ds, but a link that the upload page signs at the last moment"
                                    + " lives for %ds (attache.gateway.upload-link-lifetime): set it above that")
                            .formatted(sweepGrace.toSeconds(), linkLifetime.toSeconds()));
        }
        return this;
    }
}
