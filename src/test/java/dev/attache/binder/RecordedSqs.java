package dev.attache.binder;

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
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** An SQS that writes down what it is asked to do, in order. */
final class RecordedSqs implements SqsAsyncClient {

    static final InboundQueue QUEUE = new InboundQueue("orders", "http://sqs/orders", "http://sqs/orders-dlq", 3,
            Duration.ofSeconds(30));

    final List<Object> calls = new CopyOnWriteArrayList<>();

    @Nullable RuntimeException sendFailure;

    CompletableFuture<ChangeMessageVisibilityBatchResponse> batchAnswer = CompletableFuture.completedFuture(
            ChangeMessageVisibilityBatchResponse.builder().build());

    @Override
    public CompletableFuture<SendMessageResponse> sendMessage(SendMessageRequest request) {
        calls.add(request);
        return sendFailure == null ? CompletableFuture.completedFuture(SendMessageResponse.builder().build())
                : CompletableFuture.failedFuture(sendFailure);
    }

    @Override
    public CompletableFuture<DeleteMessageResponse> deleteMessage(DeleteMessageRequest request) {
        calls.add(request);
        return CompletableFuture.completedFuture(DeleteMessageResponse.builder().build());
    }

    @Override
    public CompletableFuture<ChangeMessageVisibilityResponse> changeMessageVisibility(ChangeMessageVisibilityRequest request) {
        calls.add(request);
        return CompletableFuture.completedFuture(ChangeMessageVisibilityResponse.builder().build());
    }

    @Override
    public CompletableFuture<ChangeMessageVisibilityBatchResponse> changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest request) {
        calls.add(request);
        return batchAnswer;
    }

    @Override
    public String serviceName() {
        return "sqs";
    }

    @Override
    public void close() {
    }

    /** From a queue that permits ten receives. */
    static ReceivedMessage receivedOften(int receiveCount) {
        return new ReceivedMessage(new InboundQueue("orders", "http://sqs/orders", "http://sqs/orders-dlq", 10,
                Duration.ofSeconds(30)), received(receiveCount, Map.of()).sqs(), new Hold(Instant.EPOCH));
    }

    static ReceivedMessage received(int receiveCount, Map<String, String> attributes) {
        Map<String, MessageAttributeValue> values = new HashMap<>();
        attributes.forEach((name, value) -> values.put(name,
                MessageAttributeValue.builder().dataType("String").stringValue(value).build()));
        return new ReceivedMessage(QUEUE, Message.builder().messageId("m-1").receiptHandle("handle-1").body("the body")
                .messageAttributes(values)
                .attributes(Map.of(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, Integer.toString(receiveCount),
                        MessageSystemAttributeName.SENDER_ID, "AIDAEXAMPLE"))
                .build(), new Hold(Instant.EPOCH));
    }
}
