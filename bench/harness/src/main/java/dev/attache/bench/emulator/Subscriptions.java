package dev.attache.bench.emulator;

import java.util.Map;
import java.util.Optional;

/**
 * The subscriptions of the topic {@code deliveries}, as {@code infra/setup.sh} creates them: each queue gets the
 * messages of one channel, without SNS's envelope. They are active only while mails are measured; otherwise
 * publications are only counted.
 */
final class Subscriptions {

    private static final String TOPIC = "deliveries";

    private static final Map<String, String> QUEUES =
            Map.of("email", "email-deliveries", "newsletter", "newsletter-deliveries");

    private final SqsEndpoint sqs;

    private volatile boolean active;

    Subscriptions(SqsEndpoint sqs) {
        this.sqs = sqs;
    }

    void activate(boolean whether) {
        active = whether;
    }

    /**
     * Sends a publication to the queue with the matching subscription.
     *
     * @param channel the message attribute of this name
     */
    void publish(String topicArn, Optional<String> channel, String body) {
        if (active && topicArn.endsWith(":" + TOPIC)) {
            channel.map(QUEUES::get).ifPresent(queue -> sqs.queue(queue).send(body));
        }
    }
}
