package dev.attache.binder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;

class CanaryTests {

    private final RecordedSqs sqs = new RecordedSqs();

    private final MeterRegistry meters = new SimpleMeterRegistry();

    private final Outcomes outcomes = new Outcomes(meters);

    private final SettableDownstream service = new SettableDownstream();

    private final PollGate gate = new PollGate(List.of(service));

    private final AtomicInteger tries = new AtomicInteger();

    private volatile FailureClassifier failures = error -> new Failure.Down("the breaker is open");

    private Handling handling() {
        SqsConsumerProperties properties = new SqsConsumerProperties();
        properties.setPauseInPlace(Duration.ofMillis(1));
        properties.setTriesInPlace(3);
        QueueCalls calls = new QueueCalls(sqs, RecordedSqs.QUEUE, Runnable::run);
        FailurePolicy policy = new FailurePolicy(failures, letter -> {
        }, calls, new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(2), new Random(1)), Duration.ofSeconds(1),
                outcomes, Clock.systemUTC());
        return new Handling(message -> {
            tries.incrementAndGet();
            if (service.state() != Downstream.State.UP) {
                throw new IllegalStateException("down");
            }
        }, properties, policy, calls, gate, outcomes);
    }

    @Test
    void theFirstMessageStaysInHandUntilTheServiceIsUpAndIsThenHandled() {
        service.is(Downstream.State.DOWN);
        Thread canary = Thread.startVirtualThread(() -> handling().handle(RecordedSqs.received(1, Map.of())));
        await().atMost(Duration.ofSeconds(5)).until(() -> tries.get() == 1 && !gate.takeCanary());
        assertThat(sqs.calls).isEmpty();

        service.is(Downstream.State.UP);

        await().atMost(Duration.ofSeconds(5)).until(() -> !canary.isAlive());
        assertThat(sqs.calls).singleElement().isInstanceOf(DeleteMessageRequest.class);
        assertThat(gate.takeCanary()).isTrue();
    }

    @Test
    void noNumberOfProbesThatFailSendsTheCanaryBack() {
        service.is(Downstream.State.PROBING);
        // Each probe finds the service still silent, and each time the breaker opens again.
        AtomicInteger classified = new AtomicInteger();
        failures = error -> classified.incrementAndGet() % 2 == 0 ? Failure.Transient.soon("no answer")
                : new Failure.Down("the breaker is open");
        Thread canary = Thread.startVirtualThread(() -> handling().handle(RecordedSqs.received(1, Map.of())));

        await().atMost(Duration.ofSeconds(20)).until(() -> tries.get() > 30);
        assertThat(sqs.calls).isEmpty();
        service.is(Downstream.State.UP);

        await().atMost(Duration.ofSeconds(5)).until(() -> !canary.isAlive());
        assertThat(sqs.calls).singleElement().isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void theOthersGoBack() {
        service.is(Downstream.State.DOWN);
        gate.takeCanary();

        handling().handle(RecordedSqs.received(1, Map.of()));

        assertThat(tries).hasValue(1);
        assertThat(sqs.calls).singleElement().isInstanceOf(ChangeMessageVisibilityRequest.class);
    }

    @Test
    void aServiceThatDidNotAnswerIsTriedAgainInPlaceBeforeTheMessageGoesBack() {
        failures = error -> Failure.Transient.soon("no answer");
        service.is(Downstream.State.DOWN);

        handling().handle(RecordedSqs.received(1, Map.of()));

        assertThat(tries).hasValue(4);
        assertThat(sqs.calls).singleElement().isInstanceOf(ChangeMessageVisibilityRequest.class);
    }

    @Test
    void aCanaryGoesBackAtOnceWhenTheInputStops() {
        service.is(Downstream.State.DOWN);
        Thread canary = Thread.startVirtualThread(() -> handling().handle(RecordedSqs.received(1, Map.of())));
        await().atMost(Duration.ofSeconds(5)).until(() -> tries.get() == 1);

        gate.stop();

        await().atMost(Duration.ofSeconds(5)).until(() -> !canary.isAlive());
        assertThat(sqs.calls).singleElement().isInstanceOfSatisfying(ChangeMessageVisibilityRequest.class, released ->
                assertThat(released.visibilityTimeout()).isZero());
    }
}
