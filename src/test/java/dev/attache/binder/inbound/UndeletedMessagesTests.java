package dev.attache.binder.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.attache.binder.failure.Failure;
import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.message.RecordedSqs;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;

/** A message that was not handled is not deleted; a handled message stays in flight until it is deleted. */
class UndeletedMessagesTests extends MessageProcessorTestBase {

    @Test
    void aHandledMessageStaysInFlightUntilItIsDeleted() {
        input.classifier = error -> new Failure.Down("AWS refuses this worker sqs:DeleteMessage");
        input.sqs.deleteAnswer = CompletableFuture.failedFuture(SdkClientException.create("denied"));
        ReceivedMessage message = RecordedSqs.received(1, Map.of());
        MessageProcessor processor = input.processor(any -> attempts.incrementAndGet());
        Thread thread = Thread.startVirtualThread(() -> processor.process(message));
        await().atMost(SOON).until(() -> input.sqs.calls.size() > 5);
        await().atMost(SOON).until(() -> message.lease().extend(CompletableFuture.completedFuture(null)));

        input.sqs.deleteAnswer = null;
        awaitEnd(thread);

        assertThat(attempts).hasValue(1);
        assertThat(input.sqs.calls).allSatisfy(call -> assertThat(call).isInstanceOf(DeleteMessageRequest.class));
        assertThat(message.lease().extend(CompletableFuture.completedFuture(null)))
                .as("extended after its end")
                .isFalse();
    }

    @Test
    void aHandledMessageWhoseDeletionIsRefusedIsNotDeletedAgain() {
        input.classifier = error -> new Failure.Unexpected("ReceiptHandleIsInvalid");
        input.sqs.deleteAnswer =
                CompletableFuture.failedFuture(SdkClientException.create("the receipt handle is not valid"));

        input.processor(any -> {}).process(RecordedSqs.received(1, Map.of()));

        assertThat(input.sqs.calls).singleElement().isInstanceOf(DeleteMessageRequest.class);
    }

    @Test
    void aStopEndsTheWaitForADeletion() {
        input.classifier = error -> new Failure.Down("AWS refuses this worker sqs:DeleteMessage");
        input.sqs.deleteAnswer = CompletableFuture.failedFuture(SdkClientException.create("denied"));
        MessageProcessor processor = input.processor(any -> {});
        Thread thread = Thread.startVirtualThread(() -> processor.process(RecordedSqs.received(1, Map.of())));
        await().atMost(SOON).until(() -> input.sqs.calls.size() > 3);

        input.stop.stop();

        awaitEnd(thread);
    }

    /** A function written in Kotlin, or with reflection, may throw a checked exception. */
    @Test
    void aMessageWhoseFunctionThrowsACheckedExceptionWithoutACauseIsNotDeleted() {
        input.processor(any -> UndeletedMessagesTests.<RuntimeException>throwUndeclared(
                        new ExecutionException("no answer", null)))
                .process(RecordedSqs.received(1, Map.of()));

        assertThat(input.sqs.calls).singleElement().isInstanceOf(ChangeMessageVisibilityRequest.class);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwUndeclared(Throwable exception) throws T {
        throw (T) exception;
    }
}
