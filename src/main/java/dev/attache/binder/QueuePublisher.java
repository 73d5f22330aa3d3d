package dev.attache.binder;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.springframework.messaging.Message;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Sends to an SQS queue. */
final class QueuePublisher implements Publisher {

    private final SqsAsyncClient sqs;

    private final String queueUrl;

    private final OutboundHeaders headers;

    QueuePublisher(SqsAsyncClient sqs, String queueUrl, OutboundHeaders headers) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.headers = headers;
    }

    @Override
    public CompletableFuture<?> publish(Message<?> message) {
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        headers.of(message).forEach((name, value) -> attributes.put(name,
                MessageAttributeValue.builder().dataType("String").stringValue(value).build()));
        return sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody(OutboundHeaders.body(message))
                .messageAttributes(attributes));
    }
}
