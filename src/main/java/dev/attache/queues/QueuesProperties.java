package dev.attache.queues;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the view on the queues.
 *
 * @param sampleInterval the pause between two samples of the depths
 * @param pauseCheckInterval the pause between two looks at the inputs that are paused on all workers
 * @param undelivered the queues of messages that SNS could not deliver, by name, ARN or URL; may be empty
 */
@ConfigurationProperties("attache.queues")
public record QueuesProperties(
        @DefaultValue("10s") Duration sampleInterval,
        @DefaultValue("10s") Duration pauseCheckInterval,
        @DefaultValue("deliveries-undelivered") List<String> undelivered) {

    public QueuesProperties {
        requirePositive("sample-interval", sampleInterval);
        requirePositive("pause-check-interval", pauseCheckInterval);
        undelivered = List.copyOf(undelivered);
    }

    private static void requirePositive(String setting, Duration interval) {
        if (!interval.isPositive()) {
            throw new IllegalArgumentException(
                    "attache.queues." + setting + " is " + interval + ", but must be longer than 0s");
        }
    }
}
