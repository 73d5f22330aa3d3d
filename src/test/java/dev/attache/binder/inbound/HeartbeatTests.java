package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.message.QueueCalls;
import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.message.RecordedSqs;
import dev.attache.binder.message.VisibilityLease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.Message;

class HeartbeatTests {

    private final RecordedSqs sqs = new RecordedSqs();

    private final QueueCalls calls = new QueueCalls(sqs, RecordedSqs.QUEUE, Runnable::run);

    private static ReceivedMessage message(int number) {
        return new ReceivedMessage(
                RecordedSqs.QUEUE,
                Message.builder()
                        .messageId("m-" + number)
                        .receiptHandle("h-" + number)
                        .body("b")
                        .build(),
                new VisibilityLease(Instant.EPOCH),
                RecordedSqs.NO_STATEMENTS);
    }

    private void beat(List<ReceivedMessage> inFlight, Duration inFlightFor) {
        Clock clock = Clock.fixed(Instant.EPOCH.plus(inFlightFor), ZoneOffset.UTC);
        new Heartbeat(RecordedSqs.QUEUE, () -> inFlight, calls, OneInput.report(), clock).beat();
    }

    @Test
    void dueMessagesAreExtendedTenAtATime() {
        beat(IntStream.range(0, 23).mapToObj(HeartbeatTests::message).toList(), Duration.ofSeconds(10));

        assertThat(sqs.batches)
                .hasSize(3)
                .allSatisfy(call -> assertThat(((ChangeMessageVisibilityBatchRequest) call).entries())
                        .hasSizeLessThanOrEqualTo(10)
                        .allSatisfy(
                                entry -> assertThat(entry.visibilityTimeout()).isEqualTo(30)));
        assertThat(sqs.batches)
                .flatExtracting(call -> ((ChangeMessageVisibilityBatchRequest) call).entries())
                .extracting("receiptHandle")
                .hasSize(23)
                .doesNotHaveDuplicates();
    }

    /**
     * A message can be in flight twice after its visibility timeout; two entries with the same id would fail the whole
     * batch.
     */
    @Test
    void theIdsInABatchAreUnique() {
        beat(List.of(message(1), message(1), message(2)), Duration.ofSeconds(10));

        assertThat(sqs.batches)
                .singleElement()
                .satisfies(call -> assertThat(((ChangeMessageVisibilityBatchRequest) call).entries())
                        .extracting("id")
                        .hasSize(3)
                        .doesNotHaveDuplicates());
    }

    @Test
    void aMessageThatWasJustReceivedIsNotExtended() {
        beat(List.of(message(1)), Duration.ofSeconds(1));

        assertThat(sqs.calls).isEmpty();
    }

    @Test
    void noMessageIsExtendedBeyondTwelveHours() {
        beat(List.of(message(1)), Duration.ofHours(12).minusSeconds(31));
        assertThat(sqs.calls).hasSize(1);

        beat(List.of(message(2)), Duration.ofHours(12).minusSeconds(30));
        assertThat(sqs.calls).hasSize(1);
    }

    @Test
    void aMessageWhoseLeaseHasEndedIsNotExtended() {
        ReceivedMessage message = message(1);
        message.lease().end();

        beat(List.of(message), Duration.ofSeconds(10));

        assertThat(sqs.calls).isEmpty();
    }

    @Test
    void aReleaseWaitsForAnExtensionInFlight() {
        ReceivedMessage message = message(1);
        CompletableFuture<ChangeMessageVisibilityBatchResponse> extension = new CompletableFuture<>();
        sqs.batchAnswer = extension;
        beat(List.of(message), Duration.ofSeconds(10));

        calls.release(message, Duration.ofSeconds(5));
        assertThat(sqs.calls)
                .singleElement()
                .isInstanceOfSatisfying(
                        ChangeMessageVisibilityRequest.class,
                        extended -> assertThat(extended.visibilityTimeout()).isEqualTo(30));
        extension.complete(ChangeMessageVisibilityBatchResponse.builder().build());

        assertThat(sqs.calls).hasSize(2);
        assertThat(sqs.calls.getLast())
                .isInstanceOfSatisfying(
                        ChangeMessageVisibilityRequest.class,
                        released -> assertThat(released.visibilityTimeout()).isEqualTo(5));
    }
}
