package dev.attache.intake;

import java.util.HashMap;
import java.util.Map;

import dev.attache.contract.Channel;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventCodec;
import dev.attache.contract.LinkIssued;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Turns an event into the message that carries it: its type, source and channel are repeated as headers, for filters. */
final class Outgoing {

    /** Spring Cloud Stream's header for an output other than the function's own. */
    private static final String SEND_TO = "spring.cloud.stream.sendto.destination";

    /** The binding that leads to the topic {@code deliveries}, for functions whose own output is another. */
    static final String DELIVERIES = "deliveries";

    /** The binding that leads to the topic {@code attachment-events}, for what no inbound message gives rise to. */
    static final String ATTACHMENT_EVENTS = "attachmentEvents";

    /** The binding that leads to the queue {@code request-parts}. */
    static final String REQUEST_PARTS = "parts";

    private final EventCodec codec;

    Outgoing(EventCodec codec) {
        this.codec = codec;
    }

    Message<byte[]> message(CloudEvent<?> event) {
        return new GenericMessage<>(codec.write(event), headers(event));
    }

    Message<byte[]> messageTo(String binding, CloudEvent<?> event) {
        Map<String, Object> headers = headers(event);
        headers.put(SEND_TO, binding);
        return new GenericMessage<>(codec.write(event), headers);
    }

    /** Where a message goes: to the binding it names, or to the topic {@code attachment-events}. */
    static String binding(Message<byte[]> message) {
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
