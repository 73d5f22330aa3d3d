package dev.attache.binder.inbound;

import dev.attache.binder.message.InboundQueue;
import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.message.SenderStatements;
import dev.attache.binder.message.VisibilityLease;
import io.awspring.cloud.sqs.support.converter.MessagingMessageConverter;
import java.time.Clock;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * Passes SQS messages through the container without converting them. It never fails, because the container would log a
 * message that cannot be converted, including its body, and drop it.
 *
 * @param statements who sent a redriven message
 * @param clock the time of receipt
 */
record RawMessageConverter(InboundQueue queue, SenderStatements statements, Clock clock)
        implements MessagingMessageConverter<software.amazon.awssdk.services.sqs.model.Message> {

    @Override
    public Message<?> toMessagingMessage(software.amazon.awssdk.services.sqs.model.Message source) {
        return new GenericMessage<>(
                new ReceivedMessage(queue, source, new VisibilityLease(clock.instant()), statements));
    }

    @Override
    public software.amazon.awssdk.services.sqs.model.Message fromMessagingMessage(Message<?> message) {
        throw new UnsupportedOperationException("This converter only receives");
    }
}
