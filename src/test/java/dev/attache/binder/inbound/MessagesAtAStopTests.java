package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.gate.Downstream;
import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.message.RecordedSqs;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** A stop settles each message once. */
class MessagesAtAStopTests extends MessageProcessorTestBase {

    @Test
    void aStopReleasesAWaitingMessage() {
        input.classifier = error -> new Failure.Down("the breaker is open");
        input.service.is(Downstream.State.DOWN);
        Thread message = handledUntilUp(RecordedSqs.received(1, Map.of()));
        await().atMost(SOON).until(() -> input.probes.waiting() == 1);

        input.stop.stop();

        awaitEnd(message);
        assertThat(input.sqs.calls)
                .singleElement()
                .isInstanceOfSatisfying(
                        ChangeMessageVisibilityRequest.class,
                        released -> assertThat(released.visibilityTimeout()).isZero());
    }

    @Test
    void aStopDeadLettersAWaitingMessageAtItsLastReceive() {
        input.classifier = error -> new Failure.Down("the breaker is open");
        input.service.is(Downstream.State.DOWN);
        Thread message = handledUntilUp(RecordedSqs.received(3, Map.of()));
        await().atMost(SOON).until(() -> input.probes.waiting() == 1);

        input.stop.stop();

        awaitEnd(message);
        assertThat(attribute(deadLetter(), "dead-letter-code")).isEqualTo("RETRIES_EXHAUSTED");
        assertThat(input.sqs.calls.getLast()).isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aStopReleasesAMessageThatIsCopiedButNotAnnounced() {
        input.classifier = error -> error.getMessage().equals("denied")
                ? new Failure.Down("SNS refuses")
                : new Failure.Rejected("MALFORMED", "not JSON");
        input.listener = rejected -> {
            throw new IllegalStateException("denied");
        };
        input.service.is(Downstream.State.DOWN);
        Thread message = Thread.startVirtualThread(() -> fail(RecordedSqs.received(1, Map.of())));
        await().atMost(SOON).until(() -> input.probes.waiting() == 1);

        input.stop.stop();

        awaitEnd(message);
        assertThat(input.sqs.calls).hasSize(2);
        assertThat(input.sqs.calls.getLast()).isInstanceOf(ChangeMessageVisibilityRequest.class);
    }

    @Test
    void aMessageThatIsGivenUpAtAStopIsSettledOnce() throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        MessageProcessor processor = input.processor(any -> {
            handling.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        });
        ReceivedMessage message = RecordedSqs.received(3, Map.of());
        Thread thread = Thread.startVirtualThread(() -> processor.process(message));
        assertThat(handling.await(30, TimeUnit.SECONDS)).isTrue();
        input.stop.stop();

        processor.giveUp(message, "It was not finished in time.");
        thread.interrupt();
        awaitEnd(thread);

        assertThat(input.sqs.calls).hasSize(2);
        assertThat(attribute(deadLetter(), "dead-letter-code")).isEqualTo("RETRIES_EXHAUSTED");
        assertThat(input.sqs.calls.getLast()).isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aStopWritesADeadLetterThatWaitsForItsAnnouncement() throws Exception {
        input.classifier = error -> error.getMessage().equals("SNS is down")
                ? new Failure.Down("SNS is down")
                : new Failure.Rejected("MALFORMED", "not JSON");
        input.listener = rejected -> {
            throw new IllegalStateException("SNS is down");
        };
        input.service.is(Downstream.State.DOWN);
        MessageProcessor processor = input.processor(any -> {
            throw new IllegalStateException("no");
        });
        Thread thread = Thread.startVirtualThread(() -> processor.process(RecordedSqs.received(3, Map.of())));
        await().atMost(SOON).until(() -> input.probes.waiting() == 1);

        input.stop.stop();
        awaitEnd(thread);

        assertThat(attribute(deadLetter(), "dead-letter-code")).isEqualTo("MALFORMED");
    }

    /** A client that is interrupted may throw an exception of its own. */
    @Test
    void aMessageThatIsInterruptedAtItsLastReceiveIsDeadLetteredOnce() throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        MessageProcessor processor = input.processor(any -> {
            handling.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("too late");
            }
        });
        ReceivedMessage message = RecordedSqs.received(3, Map.of());
        Thread thread = Thread.startVirtualThread(() -> processor.process(message));
        assertThat(handling.await(30, TimeUnit.SECONDS)).isTrue();
        input.stop.stop();

        thread.interrupt();
        awaitEnd(thread);
        processor.giveUp(message, "It was not finished in time.");

        assertThat(input.sqs.calls)
                .filteredOn(SendMessageRequest.class::isInstance)
                .hasSize(1);
        assertThat(input.announced).hasSize(1);
    }

    @Test
    void aHandledMessageIsNotGivenUp() {
        MessageProcessor processor = input.processor(any -> {});
        ReceivedMessage message = RecordedSqs.received(3, Map.of());
        processor.process(message);

        processor.giveUp(message, "It was not finished in time.");

        assertThat(input.sqs.calls).singleElement().isInstanceOf(DeleteMessageRequest.class);
    }
}
