package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.RequestRejected;
import dev.attache.sandbox.AwsUnderTest;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.TestAws;
import dev.attache.sandbox.Upstream;
import dev.attache.sandbox.Upstream.ReadMessage;
import dev.attache.topology.Topology;
import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** A worker for which a fake sets the sender of each message: ElasticMQ names the same sender for all. */
@DedicatedAwsTest
class RedriveOfPinnedSourcesIT {

    private static final String QUEUE = "attachment-requests";

    private static final String DEAD_LETTERS = Topology.deadLetters(QUEUE);

    private static AwsUnderTest.Running aws;

    private static Upstream upstream;

    private static ConfigurableApplicationContext worker;

    /**
     * The sender of a redriven dead letter is the operator; that of other messages is in the attribute {@code sender}.
     */
    static final class SenderIdsOfSqs implements ExecutionInterceptor {

        @Bean
        AwsSyncClientCustomizer senderIdsOfSqs() {
            return builder -> {
                if (builder instanceof AwsClientBuilder<?, ?> client) {
                    client.overrideConfiguration(client.overrideConfiguration().toBuilder()
                            .addExecutionInterceptor(this)
                            .build());
                }
            };
        }

        @Override
        public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
            return context.response() instanceof ReceiveMessageResponse received
                    ? received.toBuilder()
                            .messages(received.messages().stream()
                                    .map(SenderIdsOfSqs::withSender)
                                    .toList())
                            .build()
                    : context.response();
        }

        private static Message withSender(Message message) {
            Map<MessageSystemAttributeName, String> attributes = new HashMap<>(message.attributes());
            var sender = message.messageAttributes().get("sender");
            attributes.put(
                    MessageSystemAttributeName.SENDER_ID,
                    message.messageAttributes().containsKey("attache-code") || sender == null
                            ? "AROAOPERATOR:console"
                            : sender.stringValue());
            return message.toBuilder().attributes(attributes).build();
        }
    }

    @BeforeAll
    static void start() {
        aws = TestAws.dedicated();
        var surroundings = aws.surroundings();
        aws.provision();
        upstream = new Upstream(surroundings.clients());
        worker = DedicatedWorker.start(
                surroundings,
                Map.of(
                        "attache.sources.desk.sender-ids",
                        "AROAUPSTREAM",
                        "attache.failures.object-not-found-attempts",
                        "1"),
                SenderIdsOfSqs.class);
    }

    @AfterAll
    static void stop() {
        worker.close();
        aws.close();
    }

    private static String request(String id) {
        return Events.attachmentRequested(id, "desk", """
            {"direction":"download","channel":"event","attachment":{"key":"downloads/late/%s.pdf"}}\
            """.formatted(id));
    }

    private static ReadMessage deadLetterOf(String id, String sender) {
        upstream.send(QUEUE, request(id), Map.of("sender", sender));
        return upstream.awaitDeadLetter(QUEUE, id);
    }

    /** Removes the cause of the dead letter. */
    private static void mend(String id) {
        var surroundings = aws.surroundings();
        surroundings
                .clients()
                .s3()
                .putObject(
                        request -> request.bucket(surroundings.bucket()).key("downloads/late/" + id + ".pdf"),
                        RequestBody.fromString("%PDF"));
    }

    private static List<CloudEvent<RequestRejected>> rejections(String text) {
        return upstream.messages("attachment-events-inbox").stream()
                .filter(message -> message.body().contains(text))
                .map(message -> Events.read(message, EventType.REQUEST_REJECTED))
                .toList();
    }

    @Test
    void aDeadLetterOfAPinnedSourceThatAnOperatorSendsAgainIsHandledAsSentByItsSender() {
        String id = Events.newId();
        ReadMessage deadLetter = deadLetterOf(id, "AROAUPSTREAM:s");
        assertThat(deadLetter.attributes())
                .containsEntry("attache-code", "OBJECT_NOT_FOUND")
                .containsKey("attache-sender");

        // The object is still missing: the message is dead-lettered again, and keeps the statement of its sender.
        upstream.send(QUEUE, deadLetter.body(), deadLetter.attributes());
        ReadMessage again =
                upstream.await(DEAD_LETTERS, message -> message.body().contains(id) && !message.equals(deadLetter));
        assertThat(again.attributes())
                .containsEntry("attache-code", "OBJECT_NOT_FOUND")
                .containsEntry("attache-sender", deadLetter.attributes().get("attache-sender"));
        mend(id);
        upstream.send(QUEUE, again.body(), again.attributes());

        assertThat(upstream.awaitContaining("deliveries-inbox", id).attributes())
                .containsEntry("source", "desk");
        assertThat(rejections(id))
                .isNotEmpty()
                .allSatisfy(rejected -> assertThat(rejected.source()).isEqualTo("desk"));
    }

    @Test
    void aDeadLetterOfAPinnedSourceThatSqsMovesBackIsHandled() {
        String id = Events.newId();
        // Messages of other tests in the dead-letter queue would be moved as well.
        upstream.messages(DEAD_LETTERS);
        upstream.send(QUEUE, request(id), Map.of("sender", "AROAUPSTREAM:s"));
        await().atMost(Duration.ofSeconds(20)).until(() -> upstream.depth(DEAD_LETTERS) == 1);
        mend(id);

        var sqs = aws.surroundings().clients().sqs();
        sqs.startMessageMoveTask(task -> task.sourceArn(arn(DEAD_LETTERS)).destinationArn(arn(QUEUE)));

        upstream.awaitContaining("deliveries-inbox", id);
        upstream.awaitDrained(QUEUE);
        assertThat(upstream.depth(DEAD_LETTERS)).isZero();
    }

    private static String arn(String queue) {
        var sqs = aws.surroundings().clients().sqs();
        return sqs.getQueueAttributes(request -> request.queueUrl(
                                sqs.getQueueUrl(url -> url.queueName(queue)).queueUrl())
                        .attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
    }

    @Test
    void aDeadLetterWithAChangedBodyIsRejectedWithoutNamingItsSource() {
        String id = Events.newId();
        ReadMessage deadLetter = deadLetterOf(id, "AROAUPSTREAM:s");
        mend(id);

        String messageId = upstream.send(QUEUE, deadLetter.body() + " ", deadLetter.attributes());

        ReadMessage refused = upstream.await(
                DEAD_LETTERS, message -> messageId.equals(message.attributes().get("attache-message-id")));
        assertThat(refused.attributes()).containsEntry("attache-code", "SOURCE_NOT_ALLOWED");
        assertThat(refused.attributes().get("attache-reason")).contains("AROAOPERATOR:console");
        assertThat(rejections(messageId)).singleElement().satisfies(rejected -> {
            assertThat(rejected.source()).isEqualTo("attache");
            assertThat(rejected.data().requestId()).isNull();
        });
        assertThat(upstream.messages("deliveries-inbox"))
                .noneMatch(message -> message.body().contains(id));
    }

    @Test
    void aForgedEventIsRejectedAlsoAfterARedriveAndDoesNotAffectTheGenuineOne() {
        String id = Events.newId();
        mend(id);
        ReadMessage forged = deadLetterOf(id, "AROAFORGER:s");
        assertThat(forged.attributes()).containsEntry("attache-code", "SOURCE_NOT_ALLOWED");

        String messageId = upstream.send(QUEUE, forged.body(), forged.attributes());

        ReadMessage again = upstream.await(
                DEAD_LETTERS, message -> messageId.equals(message.attributes().get("attache-message-id")));
        assertThat(again.attributes()).containsEntry("attache-code", "SOURCE_NOT_ALLOWED");
        assertThat(again.attributes().get("attache-reason")).contains("AROAFORGER:s");
        assertThat(rejections(messageId)).isNotEmpty();
        assertThat(rejections(id)).isEmpty();
        upstream.send(QUEUE, request(id), Map.of("sender", "AROAUPSTREAM:s"));
        upstream.awaitContaining("deliveries-inbox", id);
    }
}
