package dev.attache.delivery.relay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much the relay is given.
 *
 * @param perSecond mails a second at most, of this instance; 14 for SES where nothing is set, the rate that most
 *     accounts start with ("Service quotas in Amazon SES"), and without a limit for SMTP
 * @param concurrent mails under way at once at most, and so connections
 * @param patience how long a mail waits for its turn at a time; when the turn does not come its message stays in flight
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

    /** @param usual mails a second where nothing is set */
    double rate(double usual) {
        return perSecond == null ? usual : perSecond;
    }
}
