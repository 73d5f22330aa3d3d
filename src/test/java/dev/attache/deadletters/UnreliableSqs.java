package dev.attache.deadletters;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Standard queues in memory that do what SQS may do: a receive returns no messages although there are some, or one
 * twice; an entry of a batch fails. How often is chosen by the seed.
 */
public final class UnreliableSqs implements SqsClient {

    private static final int BATCH = 10;

    private final Map<String, Map<String, Stored>> queues = new LinkedHashMap<>();

    private final Map<String, Integer> largest = new HashMap<>();

    private final Random random;

    private final Clock clock;

    /** The part of receives that return nothing, from 0 to 1. */
    public volatile double emptyReceives;

    /** The part of receives that return one message which is in flight. */
    public volatile double duplicates;

    /** The part of the entries of batches that fail once. */
    public volatile double failingEntries;

    /** What the next deletions fail with, in order. */
    public final Queue<RuntimeException> deletions = new ConcurrentLinkedQueue<>();

    /** Actions that are refused, such as {@code ReceiveMessage}. */
    public final Set<String> refused = Collections.synchronizedSet(new HashSet<>());

    /** How far the clock of SQS is behind. */
    public volatile Duration behind = Duration.ZERO;

    /** The calls by action. */
    public final Map<String, Integer> calls = Collections.synchronizedMap(new HashMap<>());

    /** Called before each send with the name of the queue. */
    public volatile @Nullable Runnable beforeSend;

    /** Called before letters are extended, while other calls may be made. */
    public volatile @Nullable Runnable beforeExtension;

    private static final class Stored {

        private final Message message;

        private Instant visible;

        private String handle = "";

        private Stored(Message message, Instant visible) {
            this.message = message;
            this.visible = visible;
        }
    }

    public UnreliableSqs(long seed, Clock clock) {
        this.random = new Random(seed);
        this.clock = clock;
    }

    public synchronized void create(String... names) {
        for (String name : names) {
            queues.put(name, new LinkedHashMap<>());
        }
    }

    public synchronized void drop(String name) {
        queues.remove(name);
    }

    /** Limits the size of a message in bytes, attributes included. */
    public synchronized void limit(String queue, int bytes) {
        largest.put(queue, bytes);
    }

    /** Adds a message with text attributes. Returns its id. */
    public String add(String queue, String body, Map<String, String> attributes) {
        Map<String, MessageAttributeValue> values = new LinkedHashMap<>();
        attributes.forEach((name, value) -> values.put(name, text(value)));
        return add(queue, body, values, Map.of());
    }

    /** @param system further system attributes */
    public synchronized String add(
            String queue,
            String body,
            Map<String, MessageAttributeValue> attributes,
            Map<MessageSystemAttributeName, String> system) {
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        Map<MessageSystemAttributeName, String> all = new HashMap<>();
        all.put(
                MessageSystemAttributeName.SENT_TIMESTAMP,
                Long.toString(clock.instant().minus(behind).toEpochMilli()));
        all.put(MessageSystemAttributeName.SENDER_ID, "AROAWORKER:i-1");
        all.putAll(system);
        Message message = Message.builder()
                .messageId(id)
                .body(body)
                .messageAttributes(attributes)
                .attributes(all)
                .build();
        queues.get(queue).put(id, new Stored(message, clock.instant()));
        return id;
    }

    public static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    /** All messages of a queue, visible or not. */
    public synchronized List<Message> messages(String queue) {
        return queues.get(queue).values().stream().map(it -> it.message).toList();
    }

    public synchronized long inFlight(String queue) {
        return queues.get(queue).values().stream()
                .filter(it -> it.visible.isAfter(clock.instant()))
                .count();
    }

    @Override
    public synchronized GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
        require(request.queueName());
        return GetQueueUrlResponse.builder()
                .queueUrl("http://sqs/" + request.queueName())
                .build();
    }

    @Override
    public synchronized GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
        String queue = called("GetQueueAttributes", request.queueUrl());
        long hidden = inFlight(queue);
        GetQueueAttributesResponse.Builder response = GetQueueAttributesResponse.builder();
        response.sdkHttpResponse(SdkHttpResponse.builder()
                .statusCode(200)
                .putHeader(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                clock.instant().minus(behind).atZone(ZoneOffset.UTC)))
                .build());
        return response.attributes(Map.of(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        Long.toString(queues.get(queue).size() - hidden),
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                        Long.toString(hidden),
                        QueueAttributeName.MESSAGE_RETENTION_PERIOD,
                        "1209600"))
                .build();
    }

    @Override
    public synchronized ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
        String queue = called("ReceiveMessage", request.queueUrl());
        if (random.nextDouble() < emptyReceives) {
            return ReceiveMessageResponse.builder().messages(List.of()).build();
        }
        Instant now = clock.instant();
        List<Stored> visible = new ArrayList<>(queues.get(queue).values().stream()
                .filter(it -> !it.visible.isAfter(now))
                .toList());
        Collections.shuffle(visible, random);
        List<Stored> chosen = new ArrayList<>(visible.stream().limit(BATCH).toList());
        if (chosen.size() < BATCH && random.nextDouble() < duplicates) {
            queues.get(queue).values().stream()
                    .filter(it -> it.visible.isAfter(now))
                    .findFirst()
                    .ifPresent(chosen::add);
        }
        return ReceiveMessageResponse.builder()
                .messages(chosen.stream()
                        .map(it -> {
                            it.handle = it.message.messageId() + "/" + random.nextInt(1_000_000);
                            it.visible = now.plusSeconds(request.visibilityTimeout());
                            return it.message.toBuilder()
                                    .receiptHandle(it.handle)
                                    .build();
                        })
                        .toList())
                .build();
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
        Runnable before = beforeSend;
        if (before != null) {
            before.run();
        }
        synchronized (this) {
            String queue = called("SendMessage", request.queueUrl());
            int limit = largest.getOrDefault(queue, Integer.MAX_VALUE);
            List<BatchResultErrorEntry> failed = failed(request.entries(), SendMessageBatchRequestEntry::id, entry -> {
                if (size(entry) > limit) {
                    return "InvalidParameterValue";
                }
                add(queue, entry.messageBody(), entry.messageAttributes(), Map.of());
                return null;
            });
            return SendMessageBatchResponse.builder().failed(failed).build();
        }
    }

    private static int size(SendMessageBatchRequestEntry entry) {
        return entry.messageBody().length()
                + entry.messageAttributes().entrySet().stream()
                        .mapToInt(it -> it.getKey().length()
                                + (it.getValue().stringValue() == null
                                        ? 0
                                        : it.getValue().stringValue().length()))
                        .sum();
    }

    @Override
    public synchronized DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
        String queue = called("DeleteMessage", request.queueUrl());
        RuntimeException failure = deletions.poll();
        if (failure != null) {
            throw failure;
        }
        return DeleteMessageBatchResponse.builder()
                .failed(failed(request.entries(), entry -> entry.id(), entry -> {
                    queues.get(queue).remove(id(entry.receiptHandle()));
                    return null;
                }))
                .build();
    }

    @Override
    public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest request) {
        Runnable before = beforeExtension;
        if (before != null && request.entries().getFirst().visibilityTimeout() > 0) {
            before.run();
        }
        return changeVisibility(request);
    }

    private synchronized ChangeMessageVisibilityBatchResponse changeVisibility(
            ChangeMessageVisibilityBatchRequest request) {
        String queue = called("ChangeMessageVisibility", request.queueUrl());
        return ChangeMessageVisibilityBatchResponse.builder()
                .failed(failed(request.entries(), entry -> entry.id(), entry -> {
                    Stored stored = queues.get(queue).get(id(entry.receiptHandle()));
                    if (stored == null || !stored.handle.equals(entry.receiptHandle())) {
                        return "MessageNotInflight";
                    }
                    stored.visible = clock.instant().plusSeconds(entry.visibilityTimeout());
                    return null;
                }))
                .build();
    }

    private static String id(String handle) {
        return handle.substring(0, handle.indexOf('/'));
    }

    /** @param action returns an error code, or null */
    private <E> List<BatchResultErrorEntry> failed(
            List<E> entries, Function<E, String> id, Function<E, @Nullable String> action) {
        if (entries.isEmpty() || entries.size() > BATCH) {
            throw SqsException.builder()
                    .statusCode(400)
                    .message("A batch has 1 to 10 entries")
                    .build();
        }
        List<BatchResultErrorEntry> failed = new ArrayList<>();
        for (E entry : entries) {
            boolean fails = random.nextDouble() < failingEntries;
            String code = fails ? "InternalFailure" : action.apply(entry);
            if (code != null) {
                failed.add(BatchResultErrorEntry.builder()
                        .id(id.apply(entry))
                        .code(code)
                        .senderFault(!fails)
                        .build());
            }
        }
        return failed;
    }

    private String called(String action, String url) {
        calls.merge(action, 1, Integer::sum);
        String queue = url.substring("http://sqs/".length());
        require(queue);
        if (refused.contains(action)) {
            throw SqsException.builder()
                    .statusCode(403)
                    .awsErrorDetails(
                            AwsErrorDetails.builder().errorCode("AccessDenied").build())
                    .build();
        }
        return queue;
    }

    private void require(String queue) {
        if (!queues.containsKey(queue)) {
            throw QueueDoesNotExistException.builder()
                    .statusCode(400)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("AWS.SimpleQueueService.NonExistentQueue")
                            .build())
                    .build();
        }
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
