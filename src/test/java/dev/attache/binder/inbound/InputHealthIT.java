package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.binder.gate.Downstream;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.cloud.stream.config.BindersHealthIndicatorAutoConfiguration.BindersHealthContributor;

/** The component {@code binders} of an application whose queue or service is away. */
class InputHealthIT extends InputTestBase {

    private void startAndPoll() {
        start(Map.of(), Map.of("spring.cloud.stream.sqs.binder.poll-overdue-after", "2s"));
        await().atMost(SOON).until(() -> status().lastPoll() != null);
    }

    private Health health() {
        HealthIndicator binder = (HealthIndicator)
                application.getBean(BindersHealthContributor.class).getContributor("sqs");
        return Objects.requireNonNull(binder.health(true));
    }

    private String details() {
        return String.valueOf(health().getDetails().get("work"));
    }

    private void deleteQueue() {
        sqs.deleteQueue(it -> it.queueUrl(url));
    }

    @Test
    void aMissingQueueIsDownUntilItExistsAgain() {
        startAndPoll();
        assertThat(health().getStatus()).isEqualTo(Status.UP);

        // The embedded SQS does not answer a receive whose queue is deleted meanwhile.
        pauseUntilNoReceiveIsInFlight();
        deleteQueue();
        bindings().resume("work-in-0");

        await().atMost(SOON).until(() -> health().getStatus().equals(Status.DOWN));
        assertThat(details()).contains("the queue does not exist");
        sqs.createQueue(it -> it.queueName("work"));
        await().atMost(SOON).until(() -> health().getStatus().equals(Status.UP));
        assertThat(details()).contains("state=receiving").doesNotContain("problem");
    }

    @Test
    @Tag("stoppable")
    void anSqsThatDoesNotAnswerIsDown() {
        startAndPoll();

        aws.close();

        await().atMost(SOON).until(() -> health().getStatus().equals(Status.DOWN));
        assertThat(details()).contains("pollsFailSince");
    }

    @Test
    void aClosedGateAloneIsUp() {
        startAndPoll();

        service.is(Downstream.State.DOWN);

        await().atMost(SOON).until(() -> details().contains("state=waiting for service"));
        await().during(Duration.ofSeconds(4))
                .atMost(SOON)
                .until(() -> health().getStatus().equals(Status.UP));
    }

    @Test
    void aPausedInputIsUpEvenIfItsQueueIsMissing() {
        startAndPoll();
        pauseUntilNoReceiveIsInFlight();

        deleteQueue();

        await().during(Duration.ofSeconds(4))
                .atMost(SOON)
                .until(() -> health().getStatus().equals(Status.UP));
        assertThat(details()).contains("state=paused");
    }
}
