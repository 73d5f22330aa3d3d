package dev.attache.sandbox.sns;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The topics of the account, and their subscriptions. */
final class Topics {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}");
    private static final Set<String> ATTRIBUTES =
            Set.of("RawMessageDelivery", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy");
    private static final JsonMapper JSON = new JsonMapper();

    private final String arnPrefix;
    private final Set<String> topicArns = new ConcurrentSkipListSet<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    Topics(String region, String account) {
        this.arnPrefix = "arn:aws:sns:%s:%s:".formatted(region, account);
    }

    /** The topic's ARN, whether it existed or not. */
    String create(String name) {
        if (!NAME.matcher(name).matches()) {
            throw SnsException.invalidParameter("Topic Name");
        }
        topicArns.add(arnPrefix + name);
        return arnPrefix + name;
    }

    List<String> arns() {
        return List.copyOf(topicArns);
    }

    /** @throws SnsException {@code NotFound} */
    String require(String topicArn) {
        if (!topicArns.contains(topicArn)) {
            throw SnsException.notFound("Topic");
        }
        return topicArn;
    }

    List<Subscription> subscriptions(String topicArn) {
        return subscriptions.stream()
                .filter(subscription -> subscription.topicArn().equals(topicArn))
                .toList();
    }

    /** The subscription's ARN; that of the existing one if the request is repeated. */
    synchronized String subscribe(String topicArn, String protocol, String queueArn, Map<String, String> attributes) {
        require(topicArn);
        if (!protocol.equals("sqs")) {
            throw SnsException.invalidParameter("Protocol: the sandbox delivers to sqs only");
        }
        if (!queueArn.startsWith("arn:aws:sqs:")) {
            throw SnsException.invalidParameter("Endpoint: not the ARN of a queue");
        }
        if (!ATTRIBUTES.containsAll(attributes.keySet())) {
            throw SnsException.invalidParameter("Attributes: the sandbox knows " + ATTRIBUTES);
        }
        if (!attributes.getOrDefault("FilterPolicyScope", "MessageAttributes").equals("MessageAttributes")) {
            throw SnsException.invalidParameter("FilterPolicyScope: the sandbox filters by MessageAttributes only");
        }
        for (var existing : subscriptions(topicArn)) {
            if (existing.queueArn().equals(queueArn)) {
                if (!existing.asked().equals(attributes)) {
                    throw SnsException.invalidParameter(
                            "Attributes Reason: Subscription already exists with different attributes");
                }
                return existing.arn();
            }
        }
        var filter = attributes.get("FilterPolicy");
        var subscription = new Subscription(
                topicArn + ':' + UUID.randomUUID(),
                topicArn,
                queueArn,
                Boolean.parseBoolean(attributes.get("RawMessageDelivery")),
                filter == null ? null : FilterPolicy.parse(filter),
                deadLetters(attributes.get("RedrivePolicy")),
                Map.copyOf(attributes));
        subscriptions.add(subscription);
        return subscription.arn();
    }

    /** The queue in a redrive policy (Amazon SNS Developer Guide, "Amazon SNS dead-letter queues"). */
    private static @Nullable String deadLetters(@Nullable String redrivePolicy) {
        if (redrivePolicy == null) {
            return null;
        }
        var arn = JSON.readTree(redrivePolicy).path("deadLetterTargetArn").asString("");
        if (!arn.startsWith("arn:aws:sqs:")) {
            throw SnsException.invalidParameter("RedrivePolicy: deadLetterTargetArn is not the ARN of a queue");
        }
        return arn;
    }

    /** Unknown subscriptions are ignored, as in SNS. */
    void unsubscribe(String subscriptionArn) {
        subscriptions.removeIf(subscription -> subscription.arn().equals(subscriptionArn));
    }
}
