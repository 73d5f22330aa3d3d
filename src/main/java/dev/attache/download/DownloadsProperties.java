package dev.attache.download;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of download pages.
 *
 * @param linkLifetime how long the signed link is valid that a button of a page leads to, 1 minute to 1 hour. For large
 *     files it is valid for longer, at most for the source's {@code max-expiry}
 * @param sweepInterval the mean pause between two sweeps for reminders, reports and events that could not be published;
 *     {@code 0} if this instance must not sweep
 * @param sweepLimit the most due entries per sweep
 */
@ConfigurationProperties("attache.downloads")
record DownloadsProperties(
        @DefaultValue("5m") Duration linkLifetime,
        @DefaultValue("1m") Duration sweepInterval,
        @DefaultValue("1000") int sweepLimit) {

    private static final Duration SHORTEST_LINK = Duration.ofMinutes(1);

    private static final Duration LONGEST_LINK = Duration.ofHours(1);

    DownloadsProperties {
        if (linkLifetime.compareTo(SHORTEST_LINK) < 0 || linkLifetime.compareTo(LONGEST_LINK) > 0) {
            throw new IllegalArgumentException(
                    "attache.downloads.link-lifetime is %s, but must be 1m to 1h".formatted(linkLifetime));
        }
        if (sweepInterval.isNegative()) {
            throw new IllegalArgumentException(
                    "attache.downloads.sweep-interval is %s, but must be positive, or 0 for no sweeping"
                            .formatted(sweepInterval));
        }
        if (sweepLimit < 1) {
            throw new IllegalArgumentException(
                    "attache.downloads.sweep-limit is %d, but must be at least 1".formatted(sweepLimit));
        }
    }
}
