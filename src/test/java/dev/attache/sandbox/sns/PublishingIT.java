package dev.attache.sandbox.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attache.sandbox.AwsTest;
import dev.attache.sandbox.TestAws;
import dev.attache.sandbox.Upstream;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.BatchRequestTooLongException;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.TooManyEntriesInBatchRequestException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import tools.jackson.databind.json.JsonMapper;

/** Publishes with the AWS SDK, to its own topic and queues. */
@AwsTest
class PublishingIT {

    private final SnsClient sns = TestAws.surroundings().clients().sns();
    private final SqsClient sqs = TestAws.surroundings().clients().sqs();
    private final Upstream upstream = new Upstream(TestAws.surroundings().clients());
    private final String id = UUID.randomUUID().toString();
    private final String queue = "publishing-" + id;
    private String topicArn = "";

    @BeforeEach
    void createTopicAndQueue() {
        topicArn = sns.createTopic(request -> request.name("publishing-" + id)).topicArn();
        sqs.createQueue(request -> request.queueName(queue));
    }

    @AfterEach
    void deleteQueue() {
        sqs.deleteQueue(request -> request.queueUrl(queueUrl(queue)));
    }

    @Test
    void aRawMessageIsTheBodyWithItsAttributes() {
        subscribe(Map.of("RawMessageDelivery", "true"));

        sns.publish(request -> request.topicArn(topicArn).message("{\"ü\":1}").messageAttributes(channel("email")));

        var message = upstream.awaitContaining(queue, "ü");
        assertThat(message.body()).isEqualTo("{\"ü\":1}");
        assertThat(message.attributes()).containsExactly(Map.entry("channel", "email"));
    }

    @Test
    void withoutRawDeliveryAMessageIsInAnEnvelope() {
        subscribe(Map.of());

        sns.publish(request -> request.topicArn(topicArn).message("plain").messageAttributes(channel("email")));

        var envelope = new JsonMapper()
                .readTree(upstream.awaitContaining(queue, "plain").body());
        assertThat(envelope.path("Type").asString()).isEqualTo("Notification");
        assertThat(envelope.path("TopicArn").asString()).isEqualTo(topicArn);
        assertThat(envelope.path("Message").asString()).isEqualTo("plain");
        assertThat(envelope.at("/MessageAttributes/channel/Value").asString()).isEqualTo("email");
    }

    @Test
    void aSubscriptionReceivesOnlyMessagesThatMatchItsFilter() {
        subscribe(Map.of(
                "RawMessageDelivery",
                "true",
                "FilterPolicyScope",
                "MessageAttributes",
                "FilterPolicy",
                "{\"channel\":[\"email\"]}"));

        sns.publish(request -> request.topicArn(topicArn).message("not this").messageAttributes(channel("newsletter")));
        sns.publish(request -> request.topicArn(topicArn).message("nor this"));
        sns.publish(request -> request.topicArn(topicArn).message("but this").messageAttributes(channel("email")));

        upstream.awaitContaining(queue, "but this");
        assertThat(upstream.messages(queue)).hasSize(1);
    }

    @Test
    void aMessageThatCannotBeDeliveredGoesToTheSubscriptionsDeadLetterQueue() {
        var undelivered = queue + "-undelivered";
        sqs.createQueue(request -> request.queueName(undelivered));
        var deadLetters = queueArn(undelivered);
        subscribe(Map.of(
                "RawMessageDelivery",
                "true",
                "RedrivePolicy",
                "{\"deadLetterTargetArn\":\"%s\"}".formatted(deadLetters)));
        deleteQueue();

        sns.publish(request -> request.topicArn(topicArn).message("kept").messageAttributes(channel("email")));

        var message = upstream.awaitContaining(undelivered, "kept");
        assertThat(message.body()).isEqualTo("kept");
        assertThat(message.attributes()).containsExactly(Map.entry("channel", "email"));
        sqs.createQueue(request -> request.queueName(queue));
        sqs.deleteQueue(request -> request.queueUrl(queueUrl(undelivered)));
    }

    @Test
    void batchesHaveLimits() {
        var eleven = IntStream.range(0, 11)
                .mapToObj(number -> entry("e" + number, "small"))
                .toList();
        var heavy = "x".repeat(140 * 1024);

        assertThatExceptionOfType(TooManyEntriesInBatchRequestException.class)
                .isThrownBy(() ->
                        sns.publishBatch(request -> request.topicArn(topicArn).publishBatchRequestEntries(eleven)));
        assertThatExceptionOfType(BatchRequestTooLongException.class)
                .isThrownBy(() -> sns.publishBatch(request ->
                        request.topicArn(topicArn).publishBatchRequestEntries(entry("a", heavy), entry("b", heavy))));
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(
                        () -> sns.publish(request -> request.topicArn(topicArn).message(heavy + heavy)));
    }

    @Test
    void anUnknownTopicIsNotFound() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> sns.publish(
                        request -> request.topicArn(topicArn + "-no").message("lost")))
                .satisfies(error -> assertThat(error.statusCode()).isEqualTo(404));
    }

    @Test
    void topicsAndSubscriptionsAreListed() {
        var subscription = subscribe(Map.of("RawMessageDelivery", "true"));

        assertThat(sns.createTopic(request -> request.name("publishing-" + id)).topicArn())
                .isEqualTo(topicArn);
        assertThat(sns.listTopicsPaginator().topics().stream().map(topic -> topic.topicArn()))
                .contains(topicArn);
        assertThat(sns.getTopicAttributes(request -> request.topicArn(topicArn)).attributes())
                .containsEntry("TopicArn", topicArn);
        assertThat(subscribe(Map.of("RawMessageDelivery", "true"))).isEqualTo(subscription);
        assertThat(sns.listSubscriptionsByTopic(request -> request.topicArn(topicArn))
                        .subscriptions())
                .singleElement()
                .satisfies(found -> assertThat(found.subscriptionArn()).isEqualTo(subscription));

        sns.unsubscribe(request -> request.subscriptionArn(subscription));

        assertThat(sns.listSubscriptionsByTopic(request -> request.topicArn(topicArn))
                        .subscriptions())
                .isEmpty();
    }

    private String subscribe(Map<String, String> attributes) {
        var queueArn = queueArn(queue);
        return sns.subscribe(request -> request.topicArn(topicArn)
                        .protocol("sqs")
                        .endpoint(queueArn)
                        .attributes(attributes)
                        .returnSubscriptionArn(true))
                .subscriptionArn();
    }

    private String queueUrl(String name) {
        return sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
    }

    private String queueArn(String name) {
        return sqs.getQueueAttributes(
                        request -> request.queueUrl(queueUrl(name)).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
    }

    private static Map<String, MessageAttributeValue> channel(String value) {
        return Map.of(
                "channel",
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(value)
                        .build());
    }

    private static PublishBatchRequestEntry entry(String id, String message) {
        return PublishBatchRequestEntry.builder().id(id).message(message).build();
    }
}
