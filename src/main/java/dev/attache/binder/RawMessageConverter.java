package dev.attache.binder;

import java.time.Clock;
import java.util.Map;

import io.awspring.cloud.sqs.listener.SqsHeaders;
import io.awspring.cloud.sqs.support.converter.MessagingMessageConverter;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * Hands SQS messages through the container as they are. It cannot fail: a message whose conversion failed in there would be
 * logged with its body and then forgotten.
 *
 * @param headers what the container's own observations need of a message: its queue's name
 * @param clock   says when a message was received
 */
record RawMessageConverter(InboundQueue queue, Map<String, Object> headers, Clock clock)
        implements MessagingMessageConverter<software.amazon.awssdk.services.sqs.model.Message> {

    RawMessageConverter(InboundQueue queue, Clock clock) {
        this(queue, Map.of(SqsHeaders.SQS_QUEUE_NAME_HEADER, queue.name()), clock);
    }

    @Override
    public Message<?> toMessagingMessage(software.amazon.awssdk.services.sqs.model.Message source) {
        return new GenericMessage<>(new ReceivedMessage(queue, source, new Hold(clock.instant())), headers);
    }

    @Override
    public software.amazon.awssdk.services.sqs.model.Message fromMessagingMessage(Message<?> message) {
        throw new UnsupportedOperationException("This converter only receives");
    }
}
