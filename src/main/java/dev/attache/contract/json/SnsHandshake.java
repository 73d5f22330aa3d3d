package dev.attache.contract.json;

import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Recognizes the confirmations that SNS sends to a queue when a subscription begins or ends (Amazon SNS Developer
 * Guide, "HTTP/HTTPS subscription confirmation JSON format" and "HTTP/HTTPS unsubscribe confirmation JSON format").
 * Anyone who can send to the queue could forge one, so its URL is never fetched. Its token is a secret, and no error
 * message contains it.
 */
final class SnsHandshake {

    private SnsHandshake() {}

    /** @throws RejectedException {@code MALFORMED} if the body is a confirmation; the message says what to do */
    static void requireNone(ObjectNode body) {
        if (body.has("specversion")) {
            return;
        }
        switch (body.path("Type").asString("")) {
            case "SubscriptionConfirmation" ->
                throw rejected(
                        "the body is SNS's request to confirm that this queue subscribes to a topic, and not an event."
                            + " If this topic should send events to this queue, either run aws sns"
                            + " confirm-subscription within two days, with the TopicArn and the Token of this body; or"
                            + " subscribe the queue with credentials of its own account, for which SNS asks no"
                            + " confirmation. Otherwise find out who subscribed the queue. Then delete this dead"
                            + " letter");
            case "UnsubscribeConfirmation" ->
                throw rejected(
                        "the body is SNS's notice that this queue's subscription to a topic has ended, and not an"
                            + " event. If this topic should still send events to this queue, subscribe the queue with"
                            + " credentials of its own account, for which SNS asks no confirmation. Then delete this"
                            + " dead letter");
            default -> {}
        }
    }

    private static RejectedException rejected(String detail) {
        return new RejectedException(RejectionCode.MALFORMED, detail);
    }
}
