package dev.attache.binder.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.outbound.OutboundEntry;
import dev.attache.binder.outbound.PublishBatch;
import dev.attache.binder.outbound.RecordedSns;
import dev.attache.binder.outbound.SendBatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** The requests of the batch calls, and how their answers are read. */
class BatchCallsTests {

    private static final List<OutboundEntry> TWO =
            List.of(new OutboundEntry("one", Map.of("type", "t")), new OutboundEntry("two", Map.of()));

    private final RecordedSns sns = new RecordedSns();

    private final RecordedSqs sqs = new RecordedSqs();

    @Test
    void messagesArePublishedWithTheirAttributesAndIndexesAsIds() {
        var answer = new PublishBatch(sns, "arn").send(TWO).join();

        assertThat(sns.calls).singleElement().satisfies(call -> {
            assertThat(call.topicArn()).isEqualTo("arn");
            assertThat(call.publishBatchRequestEntries())
                    .extracting(PublishBatchRequestEntry::id)
                    .containsExactly("0", "1");
            assertThat(call.publishBatchRequestEntries())
                    .extracting(PublishBatchRequestEntry::message)
                    .containsExactly("one", "two");
            assertThat(call.publishBatchRequestEntries()
                            .get(0)
                            .messageAttributes()
                            .get("type"))
                    .satisfies(type -> {
                        assertThat(type.dataType()).isEqualTo("String");
                        assertThat(type.stringValue()).isEqualTo("t");
                    });
            assertThat(call.publishBatchRequestEntries().get(1).messageAttributes())
                    .isEmpty();
        });
        assertThat(answer.accepted().get("1").messageId()).isEqualTo("sns-1");
        assertThat(answer.refused()).isEmpty();
    }

    @Test
    void messagesAreSentWithTheirAttributesAndIndexesAsIds() {
        var answer = new SendBatch(sqs, "http://sqs/parts").send(TWO).join();

        assertThat(sqs.batches).singleElement().isInstanceOfSatisfying(SendMessageBatchRequest.class, call -> {
            assertThat(call.queueUrl()).isEqualTo("http://sqs/parts");
            assertThat(call.entries())
                    .extracting(SendMessageBatchRequestEntry::id)
                    .containsExactly("0", "1");
            assertThat(call.entries())
                    .extracting(SendMessageBatchRequestEntry::messageBody)
                    .containsExactly("one", "two");
            assertThat(call.entries().get(0).messageAttributes().get("type").stringValue())
                    .isEqualTo("t");
            assertThat(call.entries().get(1).messageAttributes()).isEmpty();
        });
        assertThat(answer.accepted()).containsOnlyKeys("0", "1");
    }

    @Test
    void messagesAreDeletedByTheirReceiptHandles() {
        new DeleteBatch(sqs, "http://sqs/orders").send(List.of("h-1", "h-2")).join();

        assertThat(sqs.batches).singleElement().isInstanceOfSatisfying(DeleteMessageBatchRequest.class, call -> {
            assertThat(call.queueUrl()).isEqualTo("http://sqs/orders");
            assertThat(call.entries())
                    .extracting(DeleteMessageBatchRequestEntry::id)
                    .containsExactly("0", "1");
            assertThat(call.entries())
                    .extracting(DeleteMessageBatchRequestEntry::receiptHandle)
                    .containsExactly("h-1", "h-2");
        });
    }

    @Test
    void eachMessageHasItsOwnVisibilityTimeout() {
        new VisibilityBatch(sqs, "http://sqs/orders")
                .send(List.of(
                        new VisibilityBatch.Change("h-1", Duration.ofSeconds(7)),
                        new VisibilityBatch.Change("h-2", Duration.ZERO)))
                .join();

        assertThat(sqs.batches)
                .singleElement()
                .isInstanceOfSatisfying(ChangeMessageVisibilityBatchRequest.class, call -> {
                    assertThat(call.queueUrl()).isEqualTo("http://sqs/orders");
                    assertThat(call.entries())
                            .extracting(ChangeMessageVisibilityBatchRequestEntry::id)
                            .containsExactly("0", "1");
                    assertThat(call.entries())
                            .extracting(ChangeMessageVisibilityBatchRequestEntry::receiptHandle)
                            .containsExactly("h-1", "h-2");
                    assertThat(call.entries())
                            .extracting(ChangeMessageVisibilityBatchRequestEntry::visibilityTimeout)
                            .containsExactly(7, 0);
                });
    }

    @Test
    void anEntryThatSnsRefusesFailsLikeASingleCall() {
        sns.refused.add(BatchResultErrorEntry.builder()
                .id("0")
                .code("InvalidParameter")
                .message("Message too long")
                .senderFault(true)
                .build());
        sns.refused.add(BatchResultErrorEntry.builder()
                .id("1")
                .code("InternalError")
                .senderFault(false)
                .build());

        var answer = new PublishBatch(sns, "arn").send(TWO).join();

        assertThat(answer.accepted()).isEmpty();
        assertThat(answer.refused().get("0")).isInstanceOfSatisfying(SnsException.class, refusal -> {
            assertThat(refusal.statusCode()).isEqualTo(400);
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("InvalidParameter");
            assertThat(refusal).hasMessageContaining("Message too long");
        });
        assertThat(answer.refused().get("1")).isInstanceOfSatisfying(SnsException.class, failure -> {
            assertThat(failure.statusCode()).isEqualTo(500);
            assertThat(failure).hasMessageContaining("InternalError");
        });
    }

    @Test
    void aThrottledEntryIsThrottledWhateverTheSenderFault() {
        sns.refused.add(BatchResultErrorEntry.builder()
                .id("0")
                .code("Throttling")
                .senderFault(true)
                .build());

        var answer = new PublishBatch(sns, "arn").send(List.of(TWO.getFirst())).join();

        assertThat(answer.refused().get("0"))
                .isInstanceOfSatisfying(
                        SnsException.class,
                        refusal -> assertThat(refusal.isThrottlingException()).isTrue());
    }

    @Test
    void anEntryThatSqsRefusesFailsLikeASingleCall() {
        sqs.deleteAnswer = CompletableFuture.completedFuture(DeleteMessageBatchResponse.builder()
                .failed(software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry.builder()
                        .id("0")
                        .code("ReceiptHandleIsInvalid")
                        .senderFault(true)
                        .build())
                .build());

        var answer =
                new DeleteBatch(sqs, "http://sqs/orders").send(List.of("h-1")).join();

        assertThat(answer.refused().get("0")).isInstanceOfSatisfying(SqsException.class, refusal -> {
            assertThat(refusal.statusCode()).isEqualTo(400);
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("ReceiptHandleIsInvalid");
        });
    }
}
