package dev.attache.binder;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The calls that end a message's stay in our hands. */
final class QueueCalls {

    private final SqsAsyncClient sqs;

    QueueCalls(SqsAsyncClient sqs) {
        this.sqs = sqs;
    }

    /** Acknowledges: the message is gone. */
    CompletableFuture<?> delete(ReceivedMessage message) {
        return sqs.deleteMessage(request -> request.queueUrl(message.queue().url()).receiptHandle(message.receiptHandle()));
    }

    /** Makes the message visible again after this long, in whole seconds. */
    CompletableFuture<?> release(ReceivedMessage message, Duration after) {
        return sqs.changeMessageVisibility(request -> request.queueUrl(message.queue().url())
                .receiptHandle(message.receiptHandle()).visibilityTimeout(Math.toIntExact(after.toSeconds())));
    }

    /** Sends a copy of the message, with its body as it came. */
    CompletableFuture<?> copyTo(@Nullable String queueUrl, ReceivedMessage message,
            Map<String, MessageAttributeValue> attributes) {
        return sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody(message.sqs().body())
                .messageAttributes(attributes));
    }
}
