package dev.attache.sandbox.sns;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The subscription of a queue.
 *
 * @param raw whether the queue receives the body and the attributes, not the envelope of SNS
 * @param filter null if it receives all messages
 * @param deadLetters the ARN of the queue for messages that cannot be delivered; null if there is none
 * @param asked the attributes of the request, to tell a repeated request from a different one
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
