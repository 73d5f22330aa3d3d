package dev.attache.delivery.relay;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How SMTP connections are used.
 *
 * @param idleTimeout after so long an unused connection is closed
 * @param mailsPerConnection so many mails a connection takes at most
 * @param verdictTimeout how long the answer to a whole mail is waited for: RFC 5321, section 4.5.3.2.6, wants ten
 *     minutes, for a mail that is sent again because the answer was late comes twice
 */
@ConfigurationProperties("attache.mail.smtp")
public record SmtpProperties(
        @DefaultValue("30s") Duration idleTimeout,
        @DefaultValue("100") int mailsPerConnection,
        @DefaultValue("10m") Duration verdictTimeout) {

    public SmtpProperties {
        if (!idleTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "attache.mail.smtp.idle-timeout is " + idleTimeout + ", but must be longer than 0s");
        }
        if (mailsPerConnection < 1) {
            throw new IllegalArgumentException(
                    "attache.mail.smtp.mails-per-connection is " + mailsPerConnection + ", but must be at least 1");
        }
        if (verdictTimeout.compareTo(Duration.ofSeconds(1)) < 0 || verdictTimeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("attache.mail.smtp.verdict-timeout is " + verdictTimeout
                    + ", but must be between 1s and 1h; RFC 5321 recommends 10m");
        }
    }
}
