package dev.attache.sandbox.sns;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A queue that listens to a topic.
 *
 * @param raw whether it gets the bare body with its attributes, instead of SNS's envelope
 * @param filter null when it gets everything
 * @param deadLetters the ARN of the queue for what cannot be delivered, null when that is lost
 * @param asked the attributes it was made with, to tell a repeated request from a different one
 */
record Subscription(
        String arn,
        String topicArn,
        String queueArn,
        boolean raw,
        @Nullable FilterPolicy filter,
        @Nullable String deadLetters,
        Map<String, String> asked) {

    boolean wants(SnsMessage message) {
        return filter == null || filter.accepts(message.attributes());
    }
}
