package dev.attache.binder;

import io.awspring.cloud.sqs.support.converter.MessagingMessageConverter;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * Hands SQS messages through the container as they are. It cannot fail: a message whose conversion failed in there would be
 * logged with its body and then forgotten.
 */
final class RawMessageConverter implements MessagingMessageConverter<software.amazon.awssdk.services.sqs.model.Message> {

    @Override
    public Message<?> toMessagingMessage(software.amazon.awssdk.services.sqs.model.Message source) {
        return new GenericMessage<>(source);
    }

    @Override
    public software.amazon.awssdk.services.sqs.model.Message fromMessagingMessage(Message<?> message) {
        throw new UnsupportedOperationException("This converter only receives");
    }
}
