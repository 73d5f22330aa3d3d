package dev.attache;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often and when messages are retried.
 *
 * @param objectNotFoundAttempts the attempts after which an event whose object does not exist is rejected: an event may
 *     arrive before its object
 * @param mailDeferredPauses the pauses after a relay's 4xx reply to a mail: the first after the first receive, and so
 *     on; the last one repeats. A greylisting relay accepts the same mail after some minutes, most often five (RFC
 *     6647). Ten receives with the default pauses last more than two hours
 */
@ConfigurationProperties("attache.failures")
record FailureProperties(
        @DefaultValue("3") int objectNotFoundAttempts,

        @DefaultValue({"5s", "20s", "1m", "2m", "5m", "10m", "20m", "40m", "60m"})
        List<Duration> mailDeferredPauses) {

    FailureProperties {
        mailDeferredPauses = List.copyOf(mailDeferredPauses);
        if (mailDeferredPauses.isEmpty()) {
            throw new IllegalArgumentException(
                    "attache.failures.mail-deferred-pauses is empty: set at least one pause, such as 5s");
        }
        mailDeferredPauses.forEach(pause -> {
            if (!pause.isPositive() || pause.compareTo(Duration.ofHours(11)) > 0) {
                throw new IllegalArgumentException("attache.failures.mail-deferred-pauses contains " + pause
                        + ", but a pause must be longer than 0s and at most 11h: SQS keeps a message invisible"
                        + " for twelve hours at most");
            }
        });
    }
}
