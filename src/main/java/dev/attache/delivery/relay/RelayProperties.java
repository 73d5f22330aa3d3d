package dev.attache.delivery.relay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of sending, for this instance of the worker.
 *
 * @param perSecond the most mails per second. If it is not set: 14 with SES, the default of most accounts ("Service
 *     quotas in Amazon SES"), and no limit with SMTP
 * @param concurrent the most mails that are sent concurrently, and the most connections
 * @param patience how long a mail waits for a permit in one attempt. If it gets none, the attempt is repeated
 */
@ConfigurationProperties("attache.mail.limits")
public record RelayProperties(
        @Nullable Integer perSecond,
        @DefaultValue("10") int concurrent,
        @DefaultValue("2m") Duration patience) {

    public RelayProperties {
        if (perSecond != null && perSecond < 1) {
            throw new IllegalArgumentException(
                    "attache.mail.limits.per-second is " + perSecond + ", but must be at least 1");
        }
        if (concurrent < 1) {
            throw new IllegalArgumentException(
                    "attache.mail.limits.concurrent is " + concurrent + ", but must be at least 1");
        }
    }

    /** @param defaultRate mails per second if {@code perSecond} is not set */
    double rate(double defaultRate) {
        return perSecond == null ? defaultRate : perSecond;
    }
}
