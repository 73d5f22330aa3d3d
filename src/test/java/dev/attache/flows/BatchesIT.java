package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.AttacheApplication;
import dev.attache.contract.EventType;
import dev.attache.sandbox.AwsUnderTest;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.TestAws;
import dev.attache.sandbox.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;

/** A worker with more messages than it handles at once, on its own AWS, so that all calls are about these messages. */
@DedicatedAwsTest
class BatchesIT {

    private static final int MESSAGES = 500;

    private final CallRecorder calls = new CallRecorder();

    private AwsUnderTest.Running aws;

    private Upstream upstream;

    @BeforeEach
    void startAws() {
        aws = TestAws.dedicated();
        var surroundings = aws.surroundings();
        aws.provision();
        upstream = new Upstream(surroundings.clients());
    }

    @AfterEach
    void stopAws() {
        aws.close();
    }

    private ConfigurableApplicationContext startWorker() {
        Map<String, String> properties = new HashMap<>(aws.surroundings().properties());
        properties.put("server.port", "0");
        properties.put("management.server.port", "0");
        List<String> arguments = new ArrayList<>();
        properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new SpringApplicationBuilder(AttacheApplication.class)
                .profiles("sandbox")
                .registerShutdownHook(false)
                .initializers(
                        context -> ((GenericApplicationContext) context).registerBean(CallRecorder.class, () -> calls))
                .run(arguments.toArray(String[]::new));
    }

    @Test
    void fiveHundredMessagesArePublishedAndDeletedWithFewerCallsThanMessages() {
        List<String> ids = Stream.generate(Events::newId).limit(MESSAGES).toList();
        ids.forEach(id -> upstream.send("attachment-requests", Events.attachmentRequested(id, "desk", """
            {"direction":"download","channel":"event","attachment":{"key":"downloads/crm/contract-4711.pdf"}}\
            """)));

        try (ConfigurableApplicationContext worker = startWorker()) {
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> upstream.depth("attachment-requests") == 0);
        }

        assertThat(upstream.messages("deliveries-inbox").stream()
                        .map(message -> Events.read(message, EventType.LINK_ISSUED)
                                .data()
                                .requestId())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(calls.responses(PublishBatchResponse.class).stream()
                        .mapToInt(answer -> answer.successful().size())
                        .sum())
                .isGreaterThanOrEqualTo(MESSAGES);
        assertThat(calls.responses(DeleteMessageBatchResponse.class).stream()
                        .mapToInt(answer -> answer.successful().size())
                        .sum())
                .isGreaterThanOrEqualTo(MESSAGES);
        assertThat(calls.requests(PublishBatchRequest.class))
                .hasSizeLessThan(MESSAGES)
                .allSatisfy(
                        call -> assertThat(call.publishBatchRequestEntries()).hasSizeBetween(1, 10));
        assertThat(calls.requests(DeleteMessageBatchRequest.class))
                .hasSizeLessThan(MESSAGES)
                .allSatisfy(call -> assertThat(call.entries()).hasSizeBetween(1, 10));
        assertThat(calls.requests(PublishRequest.class)).isEmpty();
        assertThat(calls.requests(DeleteMessageRequest.class)).isEmpty();
    }
}
