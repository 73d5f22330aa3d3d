package dev.attache.binder.inbound;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;

/** The content type of the messages that a function receives; as they have it by default. */
final class ContentType {

    private volatile @Nullable String value;

    void set(String contentType) {
        value = contentType;
    }

    Message<byte[]> applyTo(Message<byte[]> message) {
        String contentType = value;
        return contentType == null
                ? message
                : MessageBuilder.fromMessage(message)
                        .setHeader(MessageHeaders.CONTENT_TYPE, contentType)
                        .build();
    }
}
