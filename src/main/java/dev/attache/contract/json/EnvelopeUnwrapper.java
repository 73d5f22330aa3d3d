package dev.attache.contract.json;

import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Unwraps messages from SNS notifications, which SNS sends if raw delivery is off (Amazon SNS Developer Guide, "Parsing
 * Amazon SNS message formats"), and from EventBridge events (Amazon EventBridge User Guide, "AWS service event
 * metadata").
 */
final class EnvelopeUnwrapper {

    /**
     * The most layers, including the message itself. EventBridge to SNS to SQS wraps twice; real routes need no more.
     */
    static final int MAX_LAYERS = 4;

    private final StrictJson json;

    EnvelopeUnwrapper(StrictJson json) {
        this.json = json;
    }

    /**
     * Returns the innermost message. An EventBridge event from S3 is not unwrapped.
     *
     * @throws RejectedException {@code MALFORMED} or {@code TOO_LARGE}
     */
    ObjectNode open(byte[] body) {
        return open(body, EnvelopeUnwrapper::isFromS3);
    }

    /**
     * Returns the message in SNS notifications, or the body itself. EventBridge events are not unwrapped.
     *
     * @throws RejectedException {@code MALFORMED} or {@code TOO_LARGE}
     */
    ObjectNode openUpToEventBridge(byte[] body) {
        return open(body, event -> true);
    }

    private ObjectNode open(byte[] body, Predicate<ObjectNode> keptEvent) {
        ObjectNode node = json.parse(body, "the body");
        for (int layer = 0; layer < MAX_LAYERS; layer++) {
            SnsHandshake.requireNone(node);
            if (isSnsNotification(node)) {
                node = json.parse(node.get("Message").stringValue(), "the Message of the SNS notification");
            } else if (isEventBridge(node)
                    && !keptEvent.test(node)
                    && node.get("detail") instanceof ObjectNode detail) {
                node = detail;
            } else {
                return node;
            }
        }
        throw new RejectedException(
                RejectionCode.MALFORMED, "the message is wrapped more than " + (MAX_LAYERS - 1) + " times");
    }

    static boolean isEventBridge(ObjectNode node) {
        return !node.has("specversion") && node.path("detail-type").isString() && node.has("detail");
    }

    static boolean isSnsNotification(ObjectNode node) {
        return !node.has("specversion")
                && node.path("Type").asString("").equals("Notification")
                && node.path("Message").isString();
    }

    static boolean isFromS3(ObjectNode node) {
        return node.path("source").asString("").equals("aws.s3");
    }
}
