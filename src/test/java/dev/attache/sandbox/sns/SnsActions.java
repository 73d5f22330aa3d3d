package dev.attache.sandbox.sns;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Performs actions (Amazon SNS API Reference). */
final class SnsActions {

    private static final int PAGE = 100;
    private static final int MAX_BATCH = 10;

    private final Topics topics;
    private final QueueDelivery delivery;
    private final PublishedMessages published;
    private final String account;

    SnsActions(Topics topics, QueueDelivery delivery, PublishedMessages published, String account) {
        this.topics = topics;
        this.delivery = delivery;
        this.published = published;
        this.account = account;
    }

    /**
     * The inner XML of the action's result.
     *
     * @throws SnsException with the error of SNS
     */
    Xml perform(String action, QueryRequest request) {
        return switch (action) {
            case "CreateTopic" -> new Xml().element("TopicArn", topics.create(request.required("Name")));
            case "ListTopics" -> listTopics(request);
            case "GetTopicAttributes" -> topicAttributes(topics.require(request.required("TopicArn")));
            case "Subscribe" ->
                new Xml()
                        .element(
                                "SubscriptionArn",
                                topics.subscribe(
                                        request.required("TopicArn"),
                                        request.required("Protocol"),
                                        request.required("Endpoint"),
                                        request.map("Attributes")));
            case "Unsubscribe" -> {
                topics.unsubscribe(request.required("SubscriptionArn"));
                yield new Xml();
            }
            case "ListSubscriptionsByTopic" -> subscriptions(topics.require(request.required("TopicArn")));
            case "Publish" -> publish(request);
            case "PublishBatch" -> publishBatch(request);
            default -> throw SnsException.invalidAction(action);
        };
    }

    private Xml listTopics(QueryRequest request) {
        var arns = topics.arns();
        var from = request.optional("NextToken").map(Integer::parseInt).orElse(0);
        var to = Math.min(arns.size(), from + PAGE);
        var result = new Xml()
                .nest(
                        "Topics",
                        list -> arns.subList(from, to)
                                .forEach(arn -> list.nest("member", member -> member.element("TopicArn", arn))));
        return to < arns.size() ? result.element("NextToken", String.valueOf(to)) : result;
    }

    private Xml topicAttributes(String topicArn) {
        var attributes = Map.of(
                "TopicArn",
                topicArn,
                "Owner",
                account,
                "SubscriptionsConfirmed",
                String.valueOf(topics.subscriptions(topicArn).size()),
                "SubscriptionsPending",
                "0",
                "SubscriptionsDeleted",
                "0");
        return new Xml()
                .nest(
                        "Attributes",
                        map -> attributes.forEach((key, value) -> map.nest(
                                "entry", entry -> entry.element("key", key).element("value", value))));
    }

    private Xml subscriptions(String topicArn) {
        return new Xml()
                .nest(
                        "Subscriptions",
                        list -> topics.subscriptions(topicArn)
                                .forEach(subscription -> list.nest(
                                        "member",
                                        member -> member.element("SubscriptionArn", subscription.arn())
                                                .element("Owner", account)
                                                .element("Protocol", "sqs")
                                                .element("Endpoint", subscription.queueArn())
                                                .element("TopicArn", topicArn))));
    }

    private Xml publish(QueryRequest request) {
        var message = SnsMessage.of(request, "", topics.require(topicArn(request)));
        deliver(List.of(message), message.topicArn());
        return new Xml().element("MessageId", message.id());
    }

    private Xml publishBatch(QueryRequest request) {
        var topicArn = topics.require(request.required("TopicArn"));
        var entries = request.members("PublishBatchRequestEntries");
        requireSound(
                entries.stream().map(entry -> request.required(entry + "Id")).toList());
        var accepted = new ArrayList<SnsMessage>();
        var successful = new Xml();
        var failed = new Xml();
        for (var entry : entries) {
            var id = request.required(entry + "Id");
            try {
                var message = SnsMessage.of(request, entry, topicArn);
                accepted.add(message);
                successful.nest("member", member -> member.element("Id", id).element("MessageId", message.id()));
            } catch (SnsException refused) {
                failed.nest(
                        "member",
                        member -> member.element("Id", id)
                                .element("Code", refused.code())
                                .element("Message", String.valueOf(refused.getMessage()))
                                .element("SenderFault", "true"));
            }
        }
        if (accepted.stream().mapToInt(SnsMessage::bytes).sum() > SnsMessage.MAX_BYTES) {
            throw SnsException.batch("BatchRequestTooLong", "The length of all the messages in the batch is too long");
        }
        deliver(accepted, topicArn);
        return new Xml().nest("Successful", successful).nest("Failed", failed);
    }

    private void deliver(List<SnsMessage> messages, String topicArn) {
        delivery.deliver(messages, topics.subscriptions(topicArn));
        messages.forEach(message -> published.add(topicArn, message.body()));
    }

    private static void requireSound(List<String> ids) {
        if (ids.isEmpty()) {
            throw SnsException.batch("EmptyBatchRequest", "The batch request contains no entries");
        }
        if (ids.size() > MAX_BATCH) {
            throw SnsException.batch("TooManyEntriesInBatchRequest", "The batch request contains more than 10 entries");
        }
        if (new HashSet<>(ids).size() < ids.size()) {
            throw SnsException.batch("BatchEntryIdsNotDistinct", "Two or more entries have the same Id");
        }
    }

    private static String topicArn(QueryRequest request) {
        return request.optional("TopicArn").orElseGet(() -> request.required("TargetArn"));
    }
}
