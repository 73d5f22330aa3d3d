package dev.attache.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.attache.sandbox.AwsUnderTest;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.sandbox.Surroundings;
import dev.attache.sandbox.TestAws;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Workers on their own AWS: a poll whose connection was closed may still receive a message, which is then invisible for
 * a while and must not belong to another test.
 */
@DedicatedAwsTest
@ExtendWith(OutputCaptureExtension.class)
class OrderlyStartAndStopIT {

    private static AwsUnderTest.Running aws;

    @BeforeAll
    static void startAws() {
        aws = TestAws.dedicated();
        Surroundings surroundings = aws.surroundings();
        aws.provision();
    }

    @AfterAll
    static void stopAws() {
        aws.close();
    }

    private static ConfigurableApplicationContext start(Map<String, String> more) {
        return DedicatedWorker.start(aws.surroundings(), more);
    }

    @Test
    void aMissingQueueStopsTheStartAndIsNamed() {
        assertThatThrownBy(() ->
                        start(Map.of("spring.cloud.stream.bindings.purchases-in-0.destination", "does-not-exist")))
                .hasStackTraceContaining("There is no queue does-not-exist");
    }

    @Test
    void anActuatorPortInUseStopsTheStartAndIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> start(Map.of("management.server.port", String.valueOf(taken.getLocalPort()))))
                    .hasStackTraceContaining("Port " + taken.getLocalPort() + " is already in use");
        }
    }

    @Test
    void aStartThatFailsLeavesNoThreadThatPolls(CapturedOutput output) {
        // A unique name, to tell its threads from those of other workers.
        aws.surroundings().clients().sqs().createQueue(request -> request.queueName("half-way"));

        assertThatThrownBy(() -> start(Map.of(
                        "spring.cloud.stream.bindings.attachmentRequests-in-0.destination",
                        "half-way",
                        "spring.cloud.stream.sqs.bindings.attachmentRequests-in-0.consumer.dead-letter-queue-optional",
                        "true",
                        "spring.cloud.stream.bindings.requestParts-in-0.destination",
                        "does-not-exist")))
                .hasStackTraceContaining("There is no queue does-not-exist");

        assertThat(output).contains("Container sqs-half-way started");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().contains("sqs-half-way#message_source-")));
    }

    @Test
    void aMissingBucketStopsTheStartAndIsNamed() {
        assertThatThrownBy(() -> start(Map.of("attache.bucket", "does-not-exist")))
                .hasStackTraceContaining("There is no bucket does-not-exist")
                .hasStackTraceContaining("attache.bucket");
    }

    @Test
    void anS3ThatCannotBeReachedStopsTheStart() {
        assertThatThrownBy(() -> start(Map.of("spring.cloud.aws.s3.endpoint", "http://localhost:1")))
                .hasStackTraceContaining("S3 did not answer the check of bucket");
    }

    @Test
    void aMissingTopicStopsTheStartAndIsNamed() {
        assertThatThrownBy(() -> start(Map.of("spring.cloud.stream.bindings.deliveries.destination", "does-not-exist")))
                .hasStackTraceContaining("There is no topic does-not-exist");
    }

    @Test
    void aQueueWithoutADeadLetterQueueStopsTheStart() {
        aws.surroundings().clients().sqs().createQueue(request -> request.queueName("no-redrive"));

        assertThatThrownBy(() -> start(Map.of("spring.cloud.stream.bindings.purchases-in-0.destination", "no-redrive")))
                .hasStackTraceContaining("Queue no-redrive has no redrive policy");
    }

    @Test
    void aStopEndsThePollsAndLogsNoErrors(CapturedOutput output) {
        ConfigurableApplicationContext worker = start(Map.of());

        worker.close();

        assertThat(worker.isActive()).isFalse();
        assertThat(output.getAll().lines().filter(line -> line.contains(" ERROR ") || line.contains("did not finish")))
                .isEmpty();
    }
}
