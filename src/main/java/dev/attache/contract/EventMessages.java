package dev.attache.contract;

import dev.attache.contract.value.Channel;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.util.HashMap;
import java.util.Map;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * Turns an event into the message that carries it: its type, source and channel are repeated as headers, for filters.
 */
public final class EventMessages {

    /** Spring Cloud Stream's header for an output other than the function's own. */
    private static final String SEND_TO = "spring.cloud.stream.sendto.destination";

    /** The binding that leads to the topic {@code deliveries}, for functions whose own output is another. */
    public static final String DELIVERIES = "deliveries";

    /** The binding that leads to the topic {@code attachment-events}, for what no inbound message gives rise to. */
    static final String ATTACHMENT_EVENTS = "attachmentEvents";

    /** The binding that leads to the queue {@code request-parts}. */
    public static final String REQUEST_PARTS = "parts";

    /** SNS takes 256 KiB, attributes included ("Publish"); ours are four short ones. */
    private static final int LARGEST = 252 * 1024;

    private final EventCodec codec;

    public EventMessages(EventCodec codec) {
        this.codec = codec;
    }

    /** @throws RejectedException when the event is larger than a message can be */
    public Message<byte[]> message(CloudEvent<?> event) {
        return new GenericMessage<>(body(event), headers(event));
    }

    /** Same error. */
    public Message<byte[]> messageTo(String binding, CloudEvent<?> event) {
        return messageTo(binding, event, body(event));
    }

    /** @param body the event, written */
    public Message<byte[]> messageTo(String binding, CloudEvent<?> event, byte[] body) {
        Map<String, Object> headers = headers(event);
        headers.put(SEND_TO, binding);
        return new GenericMessage<>(body, headers);
    }

    private byte[] body(CloudEvent<?> event) {
        byte[] body = codec.write(event);
        if (body.length > LARGEST) {
            throw new RejectedException(
                    RejectionCode.CONTRACT_VIOLATION,
                    ("What follows from the event would be a %s of %d bytes, and SNS carries %d at most; ask for fewer"
                                    + " items, or with shorter texts, titles and keys")
                            .formatted(event.type().name(), body.length, LARGEST));
        }
        return body;
    }

    /** Where a message goes: to the binding it names, or to the topic {@code attachment-events}. */
    public static String binding(Message<byte[]> message) {
        return message.getHeaders().get(SEND_TO) instanceof String named ? named : ATTACHMENT_EVENTS;
    }

    private static Map<String, Object> headers(CloudEvent<?> event) {
        Map<String, Object> headers = new HashMap<>();
        headers.put("type", event.type().name());
        headers.put("source", event.source());
        if (event.data() instanceof LinkIssued issued) {
            Channel channel = issued.channel();
            headers.put("channel", channel.wireName());
        }
        if (event.traceparent() != null) {
            headers.put("traceparent", event.traceparent());
        }
        return headers;
    }
}
