package dev.attache.binder;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.springframework.messaging.Message;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** Publishes to an SNS topic. */
final class TopicPublisher implements Publisher {

    private final SnsAsyncClient sns;

    private final String topicArn;

    private final OutboundHeaders headers;

    TopicPublisher(SnsAsyncClient sns, String topicArn, OutboundHeaders headers) {
        this.sns = sns;
        this.topicArn = topicArn;
        this.headers = headers;
    }

    @Override
    public CompletableFuture<?> publish(Message<?> message) {
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        headers.of(message).forEach((name, value) -> attributes.put(name,
                MessageAttributeValue.builder().dataType("String").stringValue(value).build()));
        return sns.publish(request -> request.topicArn(topicArn).message(OutboundHeaders.body(message))
                .messageAttributes(attributes));
    }
}
