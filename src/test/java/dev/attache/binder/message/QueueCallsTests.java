package dev.attache.binder.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SqsException;

class QueueCallsTests {

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

    @Test
    void messagesAcknowledgedDuringACallAreDeletedTogether() throws Exception {
        CompletableFuture<DeleteMessageBatchResponse> first = new CompletableFuture<>();
        sqs.deleteAnswer = first;
        calls.delete(message(0));
        List<? extends CompletableFuture<?>> rest =
                IntStream.range(1, 6).mapToObj(i -> calls.delete(message(i))).toList();
        assertThat(sqs.batches).hasSize(1);

        sqs.deleteAnswer = null;
        first.complete(DeleteMessageBatchResponse.builder()
                .successful(DeleteMessageBatchResultEntry.builder().id("0").build())
                .build());

        for (CompletableFuture<?> deleted : rest) {
            deleted.get(10, TimeUnit.SECONDS);
        }
        assertThat(sqs.batches)
                .hasSize(2)
                .last()
                .isInstanceOfSatisfying(
                        DeleteMessageBatchRequest.class,
                        call -> assertThat(call.entries()).hasSize(5));
    }

    @Test
    void aRefusedDeletionFailsItsMessageOnly() {
        sqs.deleteAnswer = CompletableFuture.completedFuture(DeleteMessageBatchResponse.builder()
                .failed(BatchResultErrorEntry.builder()
                        .id("0")
                        .code("ReceiptHandleIsInvalid")
                        .senderFault(true)
                        .build())
                .build());

        assertThatThrownBy(() -> calls.delete(message(0)).get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(SqsException.class);

        sqs.deleteAnswer = null;
        assertThat(calls.delete(message(1)).orTimeout(10, TimeUnit.SECONDS)).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void releasesThatWaitForACallAreAwaited() {
        CompletableFuture<ChangeMessageVisibilityBatchResponse> first = new CompletableFuture<>();
        sqs.batchAnswer = first;
        calls.release(message(0), Duration.ZERO);
        calls.release(message(1), Duration.ZERO);
        Thread waiting = Thread.startVirtualThread(() -> calls.awaitReleases(Duration.ofMinutes(10)));
        await().atMost(Duration.ofSeconds(10)).until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

        sqs.batchAnswer = null;
        first.complete(ChangeMessageVisibilityBatchResponse.builder()
                .successful(ChangeMessageVisibilityBatchResultEntry.builder()
                        .id("0")
                        .build())
                .build());

        await().atMost(Duration.ofSeconds(30)).until(() -> !waiting.isAlive());
        assertThat(sqs.calls).hasSize(2);
    }

    @Test
    void aReleaseThatWaitsForAnExtensionIsAwaited() {
        ReceivedMessage message = message(0);
        CompletableFuture<Void> extension = new CompletableFuture<>();
        message.lease().extend(extension);
        calls.release(message, Duration.ZERO);
        assertThat(sqs.calls).isEmpty();
        Thread waiting = Thread.startVirtualThread(() -> calls.awaitReleases(Duration.ofMinutes(10)));
        await().atMost(Duration.ofSeconds(10)).until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

        extension.complete(null);

        await().atMost(Duration.ofSeconds(30)).until(() -> !waiting.isAlive());
        assertThat(sqs.calls).hasSize(1);
    }

    @Test
    void releasesAreAwaitedForALimitedTime() {
        sqs.batchAnswer = new CompletableFuture<>();
        calls.release(message(0), Duration.ZERO);

        calls.awaitReleases(Duration.ofMillis(1));

        assertThat(sqs.calls).hasSize(1);
    }

    @Test
    void anExceptionOfAnExtensionCompletesItsFuture() {
        sqs.close();

        assertThat(calls.extend(List.of(message(0)), Duration.ofSeconds(30))).isCompletedExceptionally();
    }
}
