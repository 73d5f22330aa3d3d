package dev.attache.queues.sampling;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** The attributes of queues, as SQS states them. */
final class QueuesInMemory implements SqsClient {

    static final String FOLDER = "https://sqs.eu-central-1.amazonaws.com/111122223333/";

    private final Map<String, Map<QueueAttributeName, String>> queues = new ConcurrentHashMap<>();

    private final Set<String> refused = Collections.synchronizedSet(new HashSet<>());

    /** The names of the queues whose URL was asked for. */
    final List<String> lookedUp = new CopyOnWriteArrayList<>();

    /** Creates a queue, or changes its depth. */
    void put(String name, int visible, int inFlight) {
        Map<QueueAttributeName, String> attributes = new HashMap<>(queues.getOrDefault(name, Map.of()));
        attributes.put(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, String.valueOf(visible));
        attributes.put(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, String.valueOf(inFlight));
        attributes.put(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, "0");
        attributes.putIfAbsent(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "1209600");
        queues.put(name, attributes);
    }

    void putWithDeadLetters(String name, String deadLetters) {
        put(name, 0, 0);
        queues.get(name)
                .put(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-central-1:111122223333:" + deadLetters
                                + "\",\"maxReceiveCount\":10}");
        put(deadLetters, 0, 0);
    }

    void delete(String name) {
        queues.remove(name);
    }

    void refuse(String name) {
        refused.add(name);
    }

    void allowAll() {
        refused.clear();
    }

    @Override
    public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
        lookedUp.add(request.queueName());
        return GetQueueUrlResponse.builder()
                .queueUrl(existing(request.queueName()))
                .build();
    }

    @Override
    public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
        String name = request.queueUrl().substring(request.queueUrl().lastIndexOf('/') + 1);
        existing(name);
        return GetQueueAttributesResponse.builder().attributes(queues.get(name)).build();
    }

    private String existing(String name) {
        if (refused.contains(name)) {
            throw SqsException.builder()
                    .statusCode(403)
                    .awsErrorDetails(
                            AwsErrorDetails.builder().errorCode("AccessDenied").build())
                    .build();
        }
        if (!queues.containsKey(name)) {
            throw QueueDoesNotExistException.builder()
                    .statusCode(400)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("AWS.SimpleQueueService.NonExistentQueue")
                            .build())
                    .build();
        }
        return FOLDER + name;
    }

    @Override
    public String serviceName() {
        return "sqs";
    }

    @Override
    public void close() {}
}
