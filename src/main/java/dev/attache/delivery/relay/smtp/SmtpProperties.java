package dev.attache.delivery.relay.smtp;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of SMTP connections.
 *
 * @param idleTimeout when to close an unused connection
 * @param mailsPerConnection the most mails per connection
 * @param verdictTimeout how long to wait for the reply to the final dot. RFC 5321, section 4.5.3.2.6, recommends ten
 *     minutes: if the relay replies later, the mail is sent again and arrives twice
 */
@ConfigurationProperties("attache.mail.smtp")
record SmtpProperties(
        @DefaultValue("30s") Duration idleTimeout,
        @DefaultValue("100") int mailsPerConnection,
        @DefaultValue("10m") Duration verdictTimeout) {

    SmtpProperties {
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
