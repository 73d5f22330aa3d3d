package dev.attache.bench.emulator;

import java.util.Map;
import java.util.Optional;

/**
 * The subscriptions of the topic {@code deliveries}, as {@code infra/setup.sh} makes them: each queue gets the messages
 * of one channel, without SNS's envelope. They are inactive unless mails are measured: what is published then goes
 * nowhere.
 */
final class Subscriptions {

    private static final String TOPIC = "deliveries";

    private static final Map<String, String> QUEUES =
            Map.of("email", "email-deliveries", "newsletter", "newsletter-deliveries");

    private final SqsDoor sqs;

    private volatile boolean active;

    Subscriptions(SqsDoor sqs) {
        this.sqs = sqs;
    }

    void activate(boolean whether) {
        active = whether;
    }

    /**
     * Delivers a publication to the queue that subscribes to it.
     *
     * @param channel the message attribute of this name
     */
    void publish(String topicArn, Optional<String> channel, String body) {
        if (active && topicArn.endsWith(":" + TOPIC)) {
            channel.map(QUEUES::get).ifPresent(queue -> sqs.queue(queue).send(body));
        }
    }
}
