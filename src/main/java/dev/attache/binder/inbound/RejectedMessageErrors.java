package dev.attache.binder.inbound;

import dev.attache.binder.failure.RejectedMessage;
import dev.attache.binder.failure.RejectionListener;
import dev.attache.binder.message.SqsHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.support.ErrorMessage;
import org.springframework.messaging.support.GenericMessage;

/**
 * Sends an {@link ErrorMessage} to the error channel of an input for each rejected message, after it was announced to
 * the application's listener. If the channel's handler throws, both are called again, as a failed announcement is.
 *
 * @param first the application's listener
 */
public record RejectedMessageErrors(RejectionListener first, MessageChannel errors) implements RejectionListener {

    @Override
    public void rejected(RejectedMessage message) {
        first.rejected(message);
        Map<String, Object> headers = new HashMap<>();
        headers.put(SqsHeaders.QUEUE, message.queue());
        headers.put(SqsHeaders.MESSAGE_ID, message.messageId());
        headers.put(SqsHeaders.RECEIVE_COUNT, message.attempts());
        if (message.senderId() != null) {
            headers.put(SqsHeaders.SENDER_ID, message.senderId());
        }
        Message<byte[]> failed = new GenericMessage<>(message.body().getBytes(StandardCharsets.UTF_8), headers);
        errors.send(new ErrorMessage(
                new MessageHandlingException(
                        failed,
                        "A message of " + message.queue() + " is rejected: "
                                + message.failure().code(),
                        message.error()),
                failed));
    }
}
