package dev.attache.binder.message;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** An SQS with queues and their attributes, without messages. */
public final class QueuesInMemory implements SqsAsyncClient {

    private final Map<String, Map<QueueAttributeName, String>> queues = new HashMap<>();

    private final Set<String> denied = new HashSet<>();

    private int statusOfDenial;

    /** Adds a queue with the recommended attributes, and its dead-letter queue. */
    public QueuesInMemory with(String name) {
        put(
                name + "-dlq",
                Map.of(
                        QueueAttributeName.MESSAGE_RETENTION_PERIOD,
                        "1209600",
                        QueueAttributeName.MAXIMUM_MESSAGE_SIZE,
                        "1048576",
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        "30"));
        return put(
                name,
                Map.of(
                        QueueAttributeName.MESSAGE_RETENTION_PERIOD,
                        "345600",
                        QueueAttributeName.MAXIMUM_MESSAGE_SIZE,
                        "262144",
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        "60",
                        QueueAttributeName.REDRIVE_POLICY,
                        redrive(name + "-dlq", 10)));
    }

    public QueuesInMemory put(String name, Map<QueueAttributeName, String> attributes) {
        queues.put(name, new HashMap<>(attributes));
        return this;
    }

    public QueuesInMemory set(String name, QueueAttributeName attribute, String value) {
        queues.get(name).put(attribute, value);
        return this;
    }

    public QueuesInMemory remove(String name) {
        queues.remove(name);
        return this;
    }

    /** Denies reading the attributes of this queue. */
    public QueuesInMemory deny(String name, int status) {
        denied.add(name);
        statusOfDenial = status;
        return this;
    }

    public static String redrive(String deadLetters, int maxReceiveCount) {
        return "{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-central-1:111122223333:%s\",\"maxReceiveCount\":%d}"
                .formatted(deadLetters, maxReceiveCount);
    }

    @Override
    public CompletableFuture<GetQueueUrlResponse> getQueueUrl(GetQueueUrlRequest request) {
        return queues.containsKey(request.queueName())
                ? CompletableFuture.completedFuture(GetQueueUrlResponse.builder()
                        .queueUrl("http://sqs/" + request.queueName())
                        .build())
                : CompletableFuture.failedFuture(
                        QueueDoesNotExistException.builder().statusCode(400).build());
    }

    @Override
    public CompletableFuture<GetQueueAttributesResponse> getQueueAttributes(GetQueueAttributesRequest request) {
        String name = request.queueUrl().substring("http://sqs/".length());
        return denied.contains(name)
                ? CompletableFuture.failedFuture(SqsException.builder()
                        .statusCode(statusOfDenial)
                        .message("not authorized")
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode(statusOfDenial == 500 ? "InternalFailure" : "AccessDenied")
                                .build())
                        .build())
                : CompletableFuture.completedFuture(GetQueueAttributesResponse.builder()
                        .attributes(queues.get(name))
                        .build());
    }

    @Override
    public String serviceName() {
        return "sqs";
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
