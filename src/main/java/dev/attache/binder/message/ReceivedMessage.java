package dev.attache.binder.message;

import dev.attache.binder.batch.MessageSize;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** An SQS message in flight, with the queue that it was received from. */
public record ReceivedMessage(InboundQueue queue, Message sqs, VisibilityLease lease, SenderStatements statements) {

    public String id() {
        return sqs.messageId();
    }

    String receiptHandle() {
        return sqs.receiptHandle();
    }

    /** The size in bytes, as {@link MessageSize} computes it. */
    public long bytes() {
        return MessageSize.of(sqs);
    }

    /** How often it has been received, this time included. */
    public int receiveCount() {
        return Integer.parseInt(
                sqs.attributes().getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1"));
    }

    /** When it was sent to the queue; empty if SQS did not say so. */
    public Optional<Instant> sentAt() {
        return Optional.ofNullable(sqs.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP))
                .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)));
    }

    /**
     * Who sent it ({@link SqsHeaders#SENDER_ID}).
     *
     * @return null if SQS does not report a sender
     * @throws RuntimeException as {@link SenderAttestation#senderOf} does
     */
    public @Nullable String senderId() {
        return statements.senderId(queue.name(), sqs);
    }

    /**
     * The statement about the sender that a dead letter of this message carries.
     *
     * @throws RuntimeException as {@link SenderAttestation} does
     */
    public Optional<String> senderStatement() {
        return statements.statement(queue.name(), sqs);
    }

    /**
     * The message for the function: the body as bytes, with the listed attributes as headers. The sender cannot
     * influence how it is converted. The content type {@code text/plain} keeps the framework from parsing the body: it
     * would strip CloudEvents envelopes, split arrays, and ignore errors.
     *
     * @param afterPublishing accepts actions to run when all outputs are published
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

    /** Without the body: it may contain links, and frameworks log this text. */
    @Override
    public String toString() {
        return "ReceivedMessage[queue=" + queue.name() + ", id=" + id() + "]";
    }
}
