package dev.attache.deadletters.redrive;

import dev.attache.queues.KnownQueue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** The calls of tasks to SQS. A batch has ten entries at most. */
final class ConsoleQueues {

    /** The most entries of a batch, and messages of a receive. */
    static final int BATCH = 10;

    /** A receive that waits asks all servers of SQS ("Amazon SQS short and long polling"). */
    private static final int WAIT_SECONDS = 1;

    private final SqsClient sqs;

    private final Map<String, String> urls = new ConcurrentHashMap<>();

    ConsoleQueues(SqsClient sqs) {
        this.sqs = sqs;
    }

    /**
     * What SQS reports about a queue.
     *
     * @param inFlight received by somebody and not deleted
     * @param now the time of SQS's clock in whole seconds; empty if it does not state it
     */
    record Facts(long visible, long inFlight, Duration retention, Optional<Instant> now) {}

    /**
     * A message to send.
     *
     * @param id of the letter
     */
    record Outgoing(String id, String body, Map<String, MessageAttributeValue> attributes) {}

    /**
     * Why an entry of a batch failed.
     *
     * @param lasting whether it would fail again
     */
    record EntryFailure(String code, boolean lasting) {}

    Facts facts(String queue) {
        GetQueueAttributesResponse response = call(
                "sqs:GetQueueAttributes",
                queue,
                url -> sqs.getQueueAttributes(request -> request.queueUrl(url)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                                QueueAttributeName.MESSAGE_RETENTION_PERIOD)));
        Map<QueueAttributeName, String> attributes = response.attributes();
        return new Facts(
                number(attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES), 0),
                number(attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE), 0),
                Duration.ofSeconds(number(
                        attributes.get(QueueAttributeName.MESSAGE_RETENTION_PERIOD),
                        KnownQueue.DEFAULT_RETENTION.toSeconds())),
                Optional.ofNullable(response.sdkHttpResponse())
                        .flatMap(http -> http.firstMatchingHeader("Date"))
                        .flatMap(ConsoleQueues::instant));
    }

    private static Optional<Instant> instant(String httpDate) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(httpDate, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static long number(@Nullable String text, long otherwise) {
        return text == null ? otherwise : Long.parseLong(text);
    }

    /** Receives up to ten messages with all their attributes. */
    List<Message> receive(String queue, Duration hold) {
        return call(
                        "sqs:ReceiveMessage",
                        queue,
                        url -> sqs.receiveMessage(request -> request.queueUrl(url)
                                .maxNumberOfMessages(BATCH)
                                .waitTimeSeconds(WAIT_SECONDS)
                                .visibilityTimeout(Math.toIntExact(hold.toSeconds()))
                                .messageAttributeNames("All")
                                .messageSystemAttributeNames(MessageSystemAttributeName.ALL)))
                .messages();
    }

    /**
     * Sends messages.
     *
     * @return the failed ones by their letters' ids
     */
    Map<String, EntryFailure> send(String queue, List<Outgoing> messages) {
        List<SendMessageBatchRequestEntry> entries = IntStream.range(0, messages.size())
                .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .messageBody(messages.get(i).body())
                        .messageAttributes(messages.get(i).attributes())
                        .build())
                .toList();
        List<BatchResultErrorEntry> failed = call(
                        "sqs:SendMessage",
                        queue,
                        url -> sqs.sendMessageBatch(
                                request -> request.queueUrl(url).entries(entries)))
                .failed();
        Map<String, EntryFailure> failures = new HashMap<>();
        failed.forEach(entry -> failures.put(
                messages.get(Integer.parseInt(entry.id())).id(),
                new EntryFailure(entry.code(), Boolean.TRUE.equals(entry.senderFault()))));
        return failures;
    }

    /**
     * Deletes letters.
     *
     * @return the ids of those that were not deleted
     */
    Set<String> delete(String queue, List<HeldLetter> letters) {
        List<DeleteMessageBatchRequestEntry> entries = IntStream.range(0, letters.size())
                .mapToObj(i -> DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .receiptHandle(letters.get(i).receiptHandle())
                        .build())
                .toList();
        return failed(
                letters,
                call(
                                "sqs:DeleteMessage",
                                queue,
                                url -> sqs.deleteMessageBatch(
                                        request -> request.queueUrl(url).entries(entries)))
                        .failed());
    }

    /**
     * Makes letters visible again after a time; zero for at once.
     *
     * @return the ids of those for which it failed
     */
    Set<String> changeVisibility(String queue, List<HeldLetter> letters, Duration after) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = IntStream.range(0, letters.size())
                .mapToObj(i -> ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .receiptHandle(letters.get(i).receiptHandle())
                        .visibilityTimeout(Math.toIntExact(after.toSeconds()))
                        .build())
                .toList();
        return failed(
                letters,
                call(
                                "sqs:ChangeMessageVisibility",
                                queue,
                                url -> sqs.changeMessageVisibilityBatch(
                                        request -> request.queueUrl(url).entries(entries)))
                        .failed());
    }

    private static Set<String> failed(List<HeldLetter> letters, List<BatchResultErrorEntry> failed) {
        return failed.stream()
                .map(entry -> letters.get(Integer.parseInt(entry.id())).id())
                .collect(Collectors.toSet());
    }

    /** @throws QueueCallException for any failure */
    private <R> R call(String action, String queue, Function<String, R> call) {
        String url = url(queue);
        try {
            return call.apply(url);
        } catch (SdkException e) {
            QueueCallException failure = QueueCallException.of(action, queue, e);
            urls.remove(queue);
            throw failure;
        }
    }

    private String url(String queue) {
        String known = urls.get(queue);
        if (known != null) {
            return known;
        }
        try {
            String url = sqs.getQueueUrl(request -> request.queueName(queue)).queueUrl();
            urls.put(queue, url);
            return url;
        } catch (SdkException e) {
            throw QueueCallException.of("sqs:GetQueueUrl", queue, e);
        }
    }
}
