package dev.attache.binder.message;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** An SQS that records its calls in their order and answers that they succeeded. */
public final class RecordedSqs implements SqsAsyncClient {

    public static final InboundQueue QUEUE = new InboundQueue(
            "orders",
            "http://sqs/orders",
            "http://sqs/orders-dlq",
            3,
            Duration.ofSeconds(30),
            InboundQueue.USUAL_MESSAGE_SIZE);

    /** For messages whose sender does not matter. */
    public static final SenderStatements NO_STATEMENTS = new SenderStatements(SenderAttestation.NONE, "sender");

    /** The calls for each message: an entry of a batch is recorded as a call for one message. */
    public final List<Object> calls = new CopyOnWriteArrayList<>();

    /** The batch requests. */
    public final List<Object> batches = new CopyOnWriteArrayList<>();

    public volatile @Nullable RuntimeException sendFailure;

    private volatile boolean closed;

    /** Replaces the usual answer to a change of visibility. */
    public @Nullable CompletableFuture<ChangeMessageVisibilityBatchResponse> batchAnswer;

    /** Replaces the usual answer to a deletion. */
    public @Nullable CompletableFuture<DeleteMessageBatchResponse> deleteAnswer;

    @Override
    public CompletableFuture<SendMessageResponse> sendMessage(SendMessageRequest request) {
        calls.add(request);
        return sendFailure == null
                ? CompletableFuture.completedFuture(
                        SendMessageResponse.builder().build())
                : CompletableFuture.failedFuture(sendFailure);
    }

    @Override
    public CompletableFuture<SendMessageBatchResponse> sendMessageBatch(SendMessageBatchRequest request) {
        batches.add(request);
        return CompletableFuture.completedFuture(SendMessageBatchResponse.builder()
                .successful(request.entries().stream()
                        .map(entry -> SendMessageBatchResultEntry.builder()
                                .id(entry.id())
                                .build())
                        .toList())
                .build());
    }

    @Override
    public CompletableFuture<DeleteMessageBatchResponse> deleteMessageBatch(DeleteMessageBatchRequest request) {
        batches.add(request);
        request.entries()
                .forEach(entry -> calls.add(DeleteMessageRequest.builder()
                        .queueUrl(request.queueUrl())
                        .receiptHandle(entry.receiptHandle())
                        .build()));
        return deleteAnswer != null
                ? deleteAnswer
                : CompletableFuture.completedFuture(DeleteMessageBatchResponse.builder()
                        .successful(request.entries().stream()
                                .map(entry -> DeleteMessageBatchResultEntry.builder()
                                        .id(entry.id())
                                        .build())
                                .toList())
                        .build());
    }

    @Override
    public CompletableFuture<ChangeMessageVisibilityBatchResponse> changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest request) {
        if (closed) {
            throw new IllegalStateException("The client is closed");
        }
        batches.add(request);
        request.entries()
                .forEach(entry -> calls.add(ChangeMessageVisibilityRequest.builder()
                        .queueUrl(request.queueUrl())
                        .receiptHandle(entry.receiptHandle())
                        .visibilityTimeout(entry.visibilityTimeout())
                        .build()));
        return batchAnswer != null
                ? batchAnswer
                : CompletableFuture.completedFuture(ChangeMessageVisibilityBatchResponse.builder()
                        .successful(request.entries().stream()
                                .map(entry -> ChangeMessageVisibilityBatchResultEntry.builder()
                                        .id(entry.id())
                                        .build())
                                .toList())
                        .build());
    }

    @Override
    public String serviceName() {
        return "sqs";
    }

    @Override
    public void close() {
        closed = true;
    }

    /** A message of a queue that permits ten receives. */
    static ReceivedMessage receivedOften(int receiveCount) {
        return new ReceivedMessage(
                new InboundQueue(
                        "orders",
                        "http://sqs/orders",
                        "http://sqs/orders-dlq",
                        10,
                        Duration.ofSeconds(30),
                        InboundQueue.USUAL_MESSAGE_SIZE),
                received(receiveCount, Map.of()).sqs(),
                new VisibilityLease(Instant.now()),
                NO_STATEMENTS);
    }

    public static ReceivedMessage received(int receiveCount, Map<String, String> attributes) {
        Map<String, MessageAttributeValue> values = new HashMap<>();
        attributes.forEach((name, value) -> values.put(
                name,
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(value)
                        .build()));
        return new ReceivedMessage(
                QUEUE,
                Message.builder()
                        .messageId("m-1")
                        .receiptHandle("handle-1")
                        .body("the body")
                        .messageAttributes(values)
                        .attributes(Map.of(
                                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                                Integer.toString(receiveCount),
                                MessageSystemAttributeName.SENDER_ID,
                                "AIDAEXAMPLE"))
                        .build(),
                new VisibilityLease(Instant.now()),
                NO_STATEMENTS);
    }
}
