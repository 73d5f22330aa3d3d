package dev.attache.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.queues.QueueMonitor;
import dev.attache.queues.QueueState;
import dev.attache.reliability.worker.DedicatedAws;
import dev.attache.reliability.worker.InProcessWorker;
import dev.attache.reliability.worker.ReceiveRecorder;
import dev.attache.sandbox.DedicatedAwsTest;
import dev.attache.topology.Topology;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A queue that is gone is shown with its problem, and the others as usual. */
@DedicatedAwsTest
class MissingQueueIsShownIT {

    private static final String MISSING = "newsletter-deliveries-dlq";

    private final DedicatedAws aws = DedicatedAws.start(Duration.ofSeconds(30));

    private final ConfigurableApplicationContext worker = InProcessWorker.start(
            aws.surroundings(), Map.of("attache.queues.sample-interval", "200ms"), new ReceiveRecorder());

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        http.close();
        worker.close();
        aws.close();
    }

    private JsonNode queues() throws Exception {
        String credentials = Base64.getEncoder().encodeToString("sandbox:sandbox".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:"
                                + worker.getEnvironment().getRequiredProperty("local.management.port")
                                + "/actuator/queues"))
                        .header("Authorization", "Basic " + credentials)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    @Test
    void aDeletedDeadLetterQueueHasAProblemAndNeitherHidesTheOthersNorRaisesAnAlarm() throws Exception {
        var sqs = aws.surroundings().clients().sqs();
        await("all queues are sampled").until(() -> queues().valueStream().allMatch(row -> row.has("visible")));
        sqs.deleteQueue(request -> request.queueUrl(
                sqs.getQueueUrl(name -> name.queueName(MISSING)).queueUrl()));
        aws.upstream().send(Topology.deadLetters("purchases-completed"), "a dead letter");

        JsonNode rows = await("the problem is shown")
                .until(
                        this::queues,
                        now -> now.path(MISSING).has("problem")
                                && now.path("purchases-completed-dlq")
                                                .path("visible")
                                                .asInt()
                                        == 1);

        assertThat(rows.path(MISSING).path("problem").asString()).startsWith("The queue does not exist");
        assertThat(rows.properties())
                .filteredOn(row -> !row.getKey().equals(MISSING))
                .hasSize(12)
                .allSatisfy(row -> assertThat(row.getValue().has("problem")).isFalse());
        assertThat(worker.getBean(QueueMonitor.class).states())
                .filteredOn(state -> state.problem() != null)
                .extracting(state -> state.queue().name())
                .containsExactly(MISSING);
        assertThat(worker.getBean(HealthEndpoint.class)
                        .healthForPath("aws")
                        .getStatus()
                        .getCode())
                .isEqualTo("UP");
        assertThat(worker.getBean(MeterRegistry.class)
                        .get("attache.alarms")
                        .tag("alarm", "access-denied")
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    void everyInputHasItsStateAndARate() {
        aws.upstream().send("purchases-completed", "{}");

        QueueState purchases = await("the message is counted")
                .until(
                        () -> worker.getBean(QueueMonitor.class).states().stream()
                                .filter(state -> state.queue().name().equals("purchases-completed"))
                                .findFirst()
                                .orElseThrow(),
                        state -> state.input() != null && state.input().handledPerSecond() > 0);

        assertThat(purchases.input()).isNotNull();
        assertThat(purchases.input().running()).isTrue();
        assertThat(purchases.input().gate()).isEqualTo("OPEN");
        assertThat(purchases.input().breakers()).containsEntry("s3", "CLOSED").containsEntry("sns", "CLOSED");
        assertThat(purchases.history()).isNotEmpty();
    }
}
