package dev.attache.binder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The calls that end a message's stay in our hands. */
final class QueueCalls {

    private final SqsAsyncClient sqs;

    QueueCalls(SqsAsyncClient sqs) {
        this.sqs = sqs;
    }

    /** Acknowledges: the message is gone. */
    CompletableFuture<?> delete(ReceivedMessage message) {
        message.hold().end();
        return sqs.deleteMessage(request -> request.queueUrl(message.queue().url()).receiptHandle(message.receiptHandle()));
    }

    /**
     * Makes the message visible again after this long, in whole seconds. An extension that is on its way is waited for: it would
     * otherwise undo this.
     */
    CompletableFuture<?> release(ReceivedMessage message, Duration after) {
        return message.hold().end().thenCompose(extended -> sqs.changeMessageVisibility(request -> request.queueUrl(message.queue().url())
                .receiptHandle(message.receiptHandle()).visibilityTimeout(Math.toIntExact(after.toSeconds()))));
    }

    /**
     * Keeps the messages, ten at most, invisible for this long from now.
     *
     * @return the ids of those for which it did not work
     */
    CompletableFuture<List<String>> extend(InboundQueue queue, List<ReceivedMessage> messages, Duration visibility) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
        for (ReceivedMessage message : messages) {
            entries.add(ChangeMessageVisibilityBatchRequestEntry.builder().id(Integer.toString(entries.size()))
                    .receiptHandle(message.receiptHandle()).visibilityTimeout(Math.toIntExact(visibility.toSeconds())).build());
        }
        return sqs.changeMessageVisibilityBatch(request -> request.queueUrl(queue.url()).entries(entries))
                .thenApply(answer -> answer.failed().stream()
                        .map(failed -> messages.get(Integer.parseInt(failed.id())).id()).toList());
    }

    /** Sends a copy of the message, with its body as it came. */
    CompletableFuture<?> copyTo(@Nullable String queueUrl, ReceivedMessage message,
            Map<String, MessageAttributeValue> attributes) {
        return sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody(message.sqs().body())
                .messageAttributes(attributes));
    }
}
