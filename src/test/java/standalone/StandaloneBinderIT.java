package standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.attache.sandbox.AwsUnderTest;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.TestAws;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The binder in an application that contains nothing else of the project. */
@DedicatedAwsTest
class StandaloneBinderIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final AwsUnderTest.Running aws = TestAws.dedicated();

    private final SqsClient sqs = aws.surroundings().clients().sqs();

    private ConfigurableApplicationContext application;

    @BeforeEach
    void createQueues() {
        sqs.createQueue(it -> it.queueName("out"));
        sqs.createQueue(it -> it.queueName("without-redrive-policy"));
        String deadLetters = sqs.createQueue(it -> it.queueName("in-dlq")
                        .attributes(Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "1209600")))
                .queueUrl();
        String arn = sqs.getQueueAttributes(it -> it.queueUrl(deadLetters).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        sqs.createQueue(it -> it.queueName("in")
                .attributes(Map.of(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":\"10\"}")));
    }

    @AfterEach
    void stop() {
        if (application != null) {
            application.close();
        }
        aws.close();
    }

    private void start(Map<String, String> settings) {
        Map<String, Object> properties = new HashMap<>(aws.surroundings().properties());
        // Without the application.yaml of the project.
        properties.put("spring.config.location", "optional:classpath:/none/");
        properties.put("spring.cloud.function.definition", "upperCase");
        // The test binder of Spring Cloud Stream is on the classpath as well.
        properties.put("spring.cloud.stream.default-binder", "sqs");
        properties.put("spring.cloud.stream.binding-retry-interval", "0");
        properties.put("spring.cloud.stream.default.consumer.max-attempts", "1");
        properties.put("spring.cloud.stream.default.consumer.use-native-decoding", "true");
        properties.put("spring.cloud.stream.default.producer.use-native-encoding", "true");
        properties.put("spring.cloud.stream.bindings.upperCase-in-0.destination", "in");
        properties.put("spring.cloud.stream.bindings.upperCase-out-0.destination", "queue:out");
        properties.put("spring.cloud.stream.sqs.default.consumer.poll-timeout", "1s");
        properties.put("spring.cloud.stream.sqs.bindings.upperCase-in-0.consumer.max-in-flight", "5");
        properties.putAll(settings);
        application = new SpringApplicationBuilder(StandaloneApplication.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties(properties)
                .run();
    }

    private String url(String queue) {
        return sqs.getQueueUrl(it -> it.queueName(queue)).queueUrl();
    }

    private void send(String queue, String body) {
        sqs.sendMessage(it -> it.queueUrl(url(queue)).messageBody(body));
    }

    private Message receivedFrom(String queue) {
        List<Message> messages = new ArrayList<>();
        await().atMost(SOON).until(() -> {
            messages.addAll(sqs.receiveMessage(
                            it -> it.queueUrl(url(queue)).waitTimeSeconds(1).messageAttributeNames("All"))
                    .messages());
            return !messages.isEmpty();
        });
        return messages.getFirst();
    }

    @Test
    void aFunctionReadsFromAQueueAndPublishesToAnother() {
        start(Map.of());

        send("in", "hello");

        assertThat(receivedFrom("out").body()).isEqualTo("HELLO");
        assertThat(counted("handled", "none")).isEqualTo(1);
    }

    @Test
    void aRejectedMessageIsDeadLetteredWithNeutralNames() {
        start(Map.of());

        send("in", " ");

        Message deadLetter = receivedFrom("in-dlq");
        assertThat(deadLetter.body()).isEqualTo(" ");
        assertThat(deadLetter.messageAttributes().get("dead-letter-code").stringValue())
                .isEqualTo("INVALID");
        assertThat(deadLetter.messageAttributes().get("dead-letter-reason").stringValue())
                .isEqualTo("blank");
        assertThat(deadLetter.messageAttributes().keySet())
                .containsExactlyInAnyOrder(
                        "dead-letter-code",
                        "dead-letter-reason",
                        "dead-letter-source-queue",
                        "dead-letter-message-id",
                        "dead-letter-attempts",
                        "dead-letter-failed-at");
        assertThat(counted("rejected", "INVALID")).isEqualTo(1);
    }

    private double counted(String outcome, String code) {
        MeterRegistry meters = application.getBean(MeterRegistry.class);
        await().atMost(SOON)
                .until(() -> meters.find("sqs.messages")
                                .tags("queue", "in", "outcome", outcome, "code", code)
                                .counter()
                        != null);
        return meters.get("sqs.messages")
                .tags("queue", "in", "outcome", outcome, "code", code)
                .counter()
                .count();
    }

    /** Spring Cloud Stream applies a default to such a binding only if the application's context says so. */
    @Test
    void aDefaultAppliesToABindingWithSettingsOfItsOwn() {
        start(Map.of(
                "spring.cloud.stream.bindings.upperCase-in-0.destination",
                "without-redrive-policy",
                "spring.cloud.stream.sqs.default.consumer.dead-letter-queue-optional",
                "true"));

        send("without-redrive-policy", "hello");

        assertThat(receivedFrom("out").body()).isEqualTo("HELLO");
    }

    @Test
    void aMissingQueueStopsTheStart() {
        assertThatThrownBy(() -> start(Map.of("spring.cloud.stream.bindings.upperCase-in-0.destination", "missing")))
                .hasStackTraceContaining("There is no queue missing in this account and region");
    }
}
