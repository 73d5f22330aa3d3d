package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.gate.Downstream;
import dev.attache.binder.message.RecordedSqs;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** Rejected messages are announced, copied to the dead-letter queue and deleted. */
class RejectedMessagesTests extends MessageProcessorTestBase {

    @Test
    void aRejectedMessageIsAnnouncedThenCopiedThenDeleted() {
        input.classifier = error -> new Failure.Rejected("MALFORMED", "not JSON");

        fail(RecordedSqs.received(1, Map.of("type", "a")));

        assertThat(input.announced).singleElement().satisfies(rejected -> {
            assertThat(rejected.queue()).isEqualTo("orders");
            assertThat(rejected.failure().code()).isEqualTo("MALFORMED");
            assertThat(rejected.error()).hasMessage("no");
        });
        assertThat(input.sqs.calls).hasSize(2);
        SendMessageRequest deadLetter = (SendMessageRequest) input.sqs.calls.getFirst();
        assertThat(deadLetter.queueUrl()).isEqualTo("http://sqs/orders-dlq");
        assertThat(deadLetter.messageBody()).isEqualTo("the body");
        assertThat(attribute(deadLetter, "dead-letter-code")).isEqualTo("MALFORMED");
        assertThat(attribute(deadLetter, "dead-letter-reason")).isEqualTo("not JSON");
        assertThat(attribute(deadLetter, "dead-letter-source-queue")).isEqualTo("orders");
        assertThat(attribute(deadLetter, "dead-letter-message-id")).isEqualTo("m-1");
        assertThat(attribute(deadLetter, "dead-letter-attempts")).isEqualTo("1");
        assertThat(deadLetter.messageAttributes()).containsKey("dead-letter-failed-at");
        assertThat(attribute(deadLetter, "type")).isEqualTo("a");
        assertThat(input.sqs.calls.getLast()).isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aDeadLetterContainsTheConfidentialReason() {
        input.classifier =
                error -> new Failure.Rejected("MAIL_REFUSED", "SMTP reply 550", "550 5.1.1 <ana@example.com>");

        fail(RecordedSqs.received(1, Map.of()));

        assertThat(attribute(deadLetter(), "dead-letter-reason")).isEqualTo("550 5.1.1 <ana@example.com>");
    }

    @Test
    void aRejectedMessageStaysInFlightUntilItIsAnnounced() {
        input.classifier = error -> error.getMessage().equals("SNS is down")
                ? Failure.Transient.inPlace("SNS is down")
                : new Failure.Rejected("MALFORMED", "not JSON");
        AtomicInteger announcements = new AtomicInteger();
        input.listener = rejected -> {
            if (announcements.incrementAndGet() < 3) {
                throw new IllegalStateException("SNS is down");
            }
        };

        fail(RecordedSqs.received(1, Map.of()));

        assertThat(announcements).hasValue(3);
        assertThat(attempts).as("attempts to handle it").hasValue(1);
        assertThat(input.sqs.calls).hasSize(2);
        assertThat(attribute(deadLetter(), "dead-letter-code")).isEqualTo("MALFORMED");
    }

    @Test
    void aDeadLetterIsWrittenOnceWhileSnsRefusesAndAnnouncedWhenSnsAllows() {
        input.classifier = error -> error.getMessage().equals("denied")
                ? new Failure.Down("SNS refuses")
                : new Failure.Rejected("MALFORMED", "not JSON");
        AtomicBoolean denied = new AtomicBoolean(true);
        input.listener = rejected -> {
            if (denied.get()) {
                throw new IllegalStateException("denied");
            }
            input.announced.add(rejected);
        };
        input.service.is(Downstream.State.DOWN);
        Thread message = Thread.startVirtualThread(() -> fail(RecordedSqs.received(1, Map.of())));

        await().atMost(SOON).until(() -> input.probes.waiting() == 1);
        assertThat(input.sqs.calls).singleElement().isInstanceOf(SendMessageRequest.class);
        assertThat(attribute(deadLetter(), "dead-letter-code")).isEqualTo("MALFORMED");
        assertThat(attribute(deadLetter(), "dead-letter-reason")).isEqualTo("not JSON");
        assertThat(attribute(deadLetter(), "dead-letter-announced")).isEqualTo("false");
        denied.set(false);
        input.service.is(Downstream.State.UP);

        awaitEnd(message);
        assertThat(input.announced)
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.failure().code()).isEqualTo("MALFORMED"));
        assertThat(attempts).as("attempts to handle it").hasValue(1);
        assertThat(input.sqs.calls).hasSize(2);
        assertThat(input.sqs.calls.getLast()).isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aRejectionWhoseAnnouncementIsRefusedIsDeadLetteredAsNotAnnounced() {
        input.classifier = error -> error.getMessage().equals("too large")
                ? new Failure.Rejected("TOO_LARGE", "the announcement is too large")
                : new Failure.Rejected("MALFORMED", "not JSON");
        input.listener = rejected -> {
            throw new IllegalStateException("too large");
        };

        fail(RecordedSqs.received(1, Map.of()));

        assertThat(attribute(deadLetter(), "dead-letter-code")).isEqualTo("MALFORMED");
        assertThat(attribute(deadLetter(), "dead-letter-announced")).isEqualTo("false");
        assertThat(input.sqs.calls).hasSize(2);
        assertThat(input.sqs.calls.getLast()).isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aRejectedMessageStaysInFlightWhileItsDeadLetterQueueIsMissing() {
        input.sqs.sendFailure = new IllegalStateException("no such queue");
        input.classifier = error -> error.getMessage().contains("no such queue")
                ? new Failure.Down("SQS refuses")
                : new Failure.Rejected("MALFORMED", "not JSON");
        Thread message = Thread.startVirtualThread(() -> fail(RecordedSqs.received(1, Map.of())));
        await().atMost(SOON).until(() -> input.sqs.calls.size() > 3);
        assertThat(input.sqs.calls).allSatisfy(call -> assertThat(call).isInstanceOf(SendMessageRequest.class));

        input.sqs.sendFailure = null;

        awaitEnd(message);
        assertThat(input.announced).hasSize(1);
        assertThat(input.sqs.calls.getLast()).isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void atTheLastReceiveADeadLetterIsWrittenAlthoughItsAnnouncementFails() {
        input.classifier = error -> error.getMessage().equals("refused")
                ? new Failure.Unexpected("refused")
                : new Failure.Rejected("MALFORMED", "not JSON");
        input.listener = rejected -> {
            throw new IllegalStateException("refused");
        };

        fail(RecordedSqs.received(3, Map.of()));

        assertThat(attribute(deadLetter(), "dead-letter-code")).isEqualTo("MALFORMED");
        assertThat(input.sqs.calls.getLast()).isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aRejectedMessageThatCannotBeCopiedIsNotDeleted() {
        input.properties.setReleaseAfter(Duration.ofMillis(100));
        input.sqs.sendFailure = new IllegalStateException("SQS is down");
        input.classifier = error -> error.getMessage().contains("SQS is down")
                ? Failure.Transient.inPlace("SQS is down")
                : new Failure.Rejected("MALFORMED", "not JSON");

        fail(RecordedSqs.received(1, Map.of()));

        assertThat(input.sqs.calls).noneMatch(DeleteMessageRequest.class::isInstance);
        assertThat(input.sqs.calls.getLast()).isInstanceOf(ChangeMessageVisibilityRequest.class);
    }

    @Test
    void aTransientFailureAtTheLastReceiveIsDeadLetteredWithACode() {
        fail(RecordedSqs.received(3, Map.of()));

        assertThat(attribute(deadLetter(), "dead-letter-code")).isEqualTo("RETRIES_EXHAUSTED");
        assertThat(attribute(deadLetter(), "dead-letter-reason")).isEqualTo("again");
        assertThat(input.sqs.calls.getLast()).isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aMessageIsCopiedOnceWhenItsDeletionFails() {
        input.classifier = error -> error instanceof IllegalStateException
                ? new Failure.Rejected("MALFORMED", "no")
                : Failure.Transient.inPlace("AWS could not be reached");
        input.sqs.deleteAnswer = CompletableFuture.failedFuture(SdkClientException.create("timeout"));
        MessageProcessor processor = input.processor(any -> {
            throw new IllegalStateException("refused");
        });
        Thread thread = Thread.startVirtualThread(() -> processor.process(RecordedSqs.received(1, Map.of())));
        await().atMost(SOON)
                .until(() -> input.sqs.calls.stream()
                                .filter(DeleteMessageRequest.class::isInstance)
                                .count()
                        > 3);

        input.sqs.deleteAnswer = null;
        awaitEnd(thread);

        assertThat(input.sqs.calls)
                .filteredOn(SendMessageRequest.class::isInstance)
                .hasSize(1);
        assertThat(input.announced).hasSize(1);
    }
}
