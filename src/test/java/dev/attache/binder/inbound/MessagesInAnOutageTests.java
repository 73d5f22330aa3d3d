package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.gate.Downstream;
import dev.attache.binder.message.RecordedSqs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;

/** Messages wait in flight while a service is down, and probe when it may be up again. */
class MessagesInAnOutageTests extends MessageProcessorTestBase {

    @Test
    void messagesStayInFlightUntilTheServiceIsUpAndAreThenHandled() {
        input.classifier = error -> new Failure.Down("the breaker is open");
        input.service.is(Downstream.State.DOWN);
        List<Thread> messages = List.of(
                handledUntilUp(RecordedSqs.received(1, Map.of())),
                handledUntilUp(RecordedSqs.received(1, Map.of())),
                handledUntilUp(RecordedSqs.received(1, Map.of())));
        await().atMost(SOON).until(() -> input.probes.waiting() == 3);
        assertThat(input.sqs.calls).isEmpty();

        input.service.is(Downstream.State.UP);

        messages.forEach(MessageProcessorTestBase::awaitEnd);
        assertThat(input.sqs.calls)
                .hasSize(3)
                .allSatisfy(call -> assertThat(call).isInstanceOf(DeleteMessageRequest.class));
    }

    @Test
    void failedProbesDoNotReleaseAMessage() {
        input.service.is(Downstream.State.PROBING);
        // Each probe finds the service still silent, and each time the breaker opens again.
        AtomicInteger classified = new AtomicInteger();
        input.classifier = error -> classified.incrementAndGet() % 2 == 0
                ? Failure.Transient.inPlace("no answer")
                : new Failure.Down("the breaker is open");
        Thread message = handledUntilUp(RecordedSqs.received(1, Map.of()));

        await().atMost(Duration.ofSeconds(20)).until(() -> attempts.get() > 30);
        assertThat(input.sqs.calls).isEmpty();
        input.service.is(Downstream.State.UP);

        awaitEnd(message);
        assertThat(input.sqs.calls).singleElement().isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aMessageThatWaitedForALongTimeIsReleased() {
        input.classifier = error -> new Failure.Down("the breaker is open");
        input.service.is(Downstream.State.DOWN);
        input.properties.setReleaseAfter(Duration.ofMillis(50));

        awaitEnd(handledUntilUp(RecordedSqs.received(1, Map.of())));

        assertThat(input.sqs.calls).singleElement().isInstanceOf(ChangeMessageVisibilityRequest.class);
        assertThat(input.meters
                        .counter("sqs.messages", "queue", "orders", "outcome", "released", "code", "none")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aMessageAtItsLastPermittedReceiveIsNotReleasedInAnOutage() {
        input.classifier = error -> new Failure.Down("the breaker is open");
        input.service.is(Downstream.State.DOWN);
        input.properties.setReleaseAfter(Duration.ofMillis(1));
        Thread message = handledUntilUp(RecordedSqs.received(3, Map.of()));

        await().during(Duration.ofMillis(200)).atMost(SOON).until(() -> input.sqs.calls.isEmpty());
        input.service.is(Downstream.State.UP);

        awaitEnd(message);
        assertThat(input.sqs.calls).singleElement().isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aServiceThatDidNotAnswerIsRetriedInPlaceBeforeTheMessageIsReleased() {
        input.classifier = error -> Failure.Transient.inPlace("no answer");

        fail(RecordedSqs.received(1, Map.of()));

        assertThat(attempts).hasValue(4);
        assertThat(input.sqs.calls).singleElement().isInstanceOf(ChangeMessageVisibilityRequest.class);
    }

    @Test
    void aMessageThatFailsAloneDoesNotKeepTheGateClosedForOthers() {
        input.classifier = error -> new Failure.Down("the breaker is open");
        input.service.is(Downstream.State.DOWN);
        Thread failing = Thread.startVirtualThread(() -> input.processor(any -> {
                    input.service.is(Downstream.State.DOWN);
                    throw new IllegalStateException("the object is broken");
                })
                .process(RecordedSqs.received(1, Map.of())));
        await().atMost(SOON).until(() -> input.probes.waiting() == 1);
        Thread other = Thread.startVirtualThread(() -> input.processor(any -> {
                    if (input.service.state() == Downstream.State.DOWN) {
                        throw new IllegalStateException("not permitted");
                    }
                    input.service.is(Downstream.State.UP);
                })
                .process(RecordedSqs.received(1, Map.of())));
        await().atMost(SOON).until(() -> input.probes.waiting() == 2);

        await().atMost(SOON).until(() -> {
            if (input.service.state() == Downstream.State.DOWN) {
                input.service.is(Downstream.State.PROBING);
            }
            return !other.isAlive();
        });

        assertThat(input.sqs.calls).singleElement().isInstanceOf(DeleteMessageRequest.class);
        input.stop.stop();
        awaitEnd(failing);
    }
}
