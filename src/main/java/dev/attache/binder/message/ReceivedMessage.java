package dev.attache.binder.message;

import dev.attache.binder.batch.MessageSize;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.util.MimeTypeUtils;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** An SQS message in hand, with the queue it came from. */
public record ReceivedMessage(InboundQueue queue, Message sqs, VisibilityLease hold, SenderAttestation attestation) {

    public ReceivedMessage(InboundQueue queue, Message sqs, VisibilityLease hold) {
        this(queue, sqs, hold, SenderAttestation.NONE);
    }

    public String id() {
        return sqs.messageId();
    }

    String receiptHandle() {
        return sqs.receiptHandle();
    }

    /** {@link MessageSize}. */
    public long bytes() {
        return MessageSize.of(sqs);
    }

    /** How often it has been received, this time included. */
    public int receiveCount() {
        return Integer.parseInt(
                sqs.attributes().getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1"));
    }

    /**
     * Who sent it: what SQS says, or, of a dead letter that was redriven, what SQS had said of the message that it is a
     * copy of.
     *
     * @return null where SQS does not say
     * @throws RuntimeException as {@link SenderAttestation#senderOf} does
     */
    public @Nullable String senderId() {
        String sender = sqs.attributes().get(MessageSystemAttributeName.SENDER_ID);
        return validStatement().flatMap(this::senderOf).orElse(sender);
    }

    /**
     * The statement about its sender that a copy of it carries: the one that it carries itself, or one about who sent
     * it. Throws the same.
     */
    public Optional<String> senderStatement() {
        Optional<String> kept = validStatement();
        String sender = sqs.attributes().get(MessageSystemAttributeName.SENDER_ID);
        return kept.isPresent() || sender == null ? kept : attestation.attest(queue.name(), sqs.body(), sender);
    }

    private Optional<String> validStatement() {
        return Optional.ofNullable(sqs.messageAttributes().get(SenderAttestation.ATTRIBUTE))
                .map(MessageAttributeValue::stringValue)
                .filter(statement -> senderOf(statement).isPresent());
    }

    private Optional<String> senderOf(String statement) {
        return attestation.senderOf(queue.name(), sqs.body(), statement);
    }

    /**
     * As a function sees it: the body as bytes, with the attributes on the list, and none of the sender's say in how it
     * is converted. {@code text/plain} keeps the framework from parsing it: it would otherwise strip CloudEvents
     * envelopes, spread arrays, and hand over what it could not parse as if nothing had happened.
     *
     * @param afterPublishing takes what is to be done once all that follows is published
     */
    public org.springframework.messaging.Message<byte[]> toFunction(
            List<String> allowedAttributes, Consumer<Runnable> afterPublishing) {
        Map<String, Object> headers = new HashMap<>();
        headers.put(MessageHeaders.CONTENT_TYPE, MimeTypeUtils.TEXT_PLAIN);
        headers.put(SqsHeaders.QUEUE, queue.name());
        headers.put(SqsHeaders.MESSAGE_ID, id());
        headers.put(SqsHeaders.RECEIVE_COUNT, receiveCount());
        headers.put(SqsHeaders.AFTER_PUBLISHING, afterPublishing);
        String senderId = senderId();
        if (senderId != null) {
            headers.put(SqsHeaders.SENDER_ID, senderId);
        }
        for (String name : allowedAttributes) {
            var attribute = sqs.messageAttributes().get(name);
            if (attribute != null && attribute.stringValue() != null) {
                headers.put(name, attribute.stringValue());
            }
        }
        return new GenericMessage<>(sqs.body().getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Without the body, which may hold links, and which frameworks would log. */
    @Override
    public String toString() {
        return "ReceivedMessage[queue=" + queue.name() + ", id=" + id() + "]";
    }
}
