package dev.attache.binder.inbound;

import dev.attache.binder.message.InboundQueue;
import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.message.SenderAttestation;
import dev.attache.binder.message.VisibilityLease;
import io.awspring.cloud.sqs.support.converter.MessagingMessageConverter;
import java.time.Clock;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * Hands SQS messages through the container as they are. It cannot fail: a message whose conversion failed in there
 * would be logged with its body and then forgotten.
 *
 * @param attestation says who sent a redriven dead letter
 * @param clock says when a message was received
 */
record RawMessageConverter(InboundQueue queue, SenderAttestation attestation, Clock clock)
        implements MessagingMessageConverter<software.amazon.awssdk.services.sqs.model.Message> {

    @Override
    public Message<?> toMessagingMessage(software.amazon.awssdk.services.sqs.model.Message source) {
        return new GenericMessage<>(
                new ReceivedMessage(queue, source, new VisibilityLease(clock.instant()), attestation));
    }

    @Override
    public software.amazon.awssdk.services.sqs.model.Message fromMessagingMessage(Message<?> message) {
        throw new UnsupportedOperationException("This converter only receives");
    }
}
