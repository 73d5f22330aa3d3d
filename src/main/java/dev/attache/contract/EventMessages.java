package dev.attache.contract;

import dev.attache.contract.value.Channel;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Converts events to messages. Type, source and channel are also headers, by which subscriptions can filter. */
public final class EventMessages {

    /** Spring Cloud Stream's header that selects another output than the function's own. */
    private static final String SEND_TO = "spring.cloud.stream.sendto.destination";

    /** The binding of the topic {@code deliveries}, for functions with another output. */
    public static final String DELIVERIES = "deliveries";

    /**
     * The binding of the topic {@code attachment-events}, for functions with another output, and for events without an
     * inbound message.
     */
    public static final String ATTACHMENT_EVENTS = "attachmentEvents";

    /** The binding of the queue {@code request-parts}. */
    public static final String REQUEST_PARTS = "parts";

    /** The header with a {@link Measured}, for meters. It is not published. */
    public static final String MEASURED = "attache_measured";

    /** SNS accepts 256 KiB including attributes ("Publish"); the worker's four attributes are short. */
    private static final int LARGEST = 252 * 1024;

    /** What meters count of an event. */
    public sealed interface Measured {

        /** Of {@code link.issued}. */
        record Issued(LinkIssued.Purpose purpose, Channel channel) implements Measured {}

        /** Of {@code request.rejected}. */
        record Rejected(RejectionCode code) implements Measured {}

        /**
         * Of {@code attachment.uploaded}.
         *
         * @param after from the request to the arrival
         */
        record Arrived(Duration after) implements Measured {}
    }

    private final EventCodec codec;

    public EventMessages(EventCodec codec) {
        this.codec = codec;
    }

    /** @throws RejectedException if the event is larger than the limit of a message */
    public Message<byte[]> message(CloudEvent<?> event) {
        return new GenericMessage<>(body(event), headers(event));
    }

    /**
     * @param arrived how long after its request the file of an {@code attachment.uploaded} has arrived
     * @throws RejectedException if the event is larger than the limit of a message
     */
    public Message<byte[]> message(CloudEvent<AttachmentUploaded> event, Duration arrived) {
        Map<String, Object> headers = headers(event);
        headers.put(MEASURED, new Measured.Arrived(arrived));
        return new GenericMessage<>(body(event), headers);
    }

    /** @throws RejectedException if the event is larger than the limit of a message */
    public Message<byte[]> messageTo(String binding, CloudEvent<?> event) {
        return messageTo(binding, event, body(event));
    }

    /** @param body the serialized event */
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
                    ("The event leads to a %s of %d bytes, but SNS accepts %d at most; ask for fewer items, or"
                                    + " shorten texts, titles and keys")
                            .formatted(event.type().name(), body.length, LARGEST));
        }
        return body;
    }

    /** The binding in the message's header; without one, that of the topic {@code attachment-events}. */
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
            headers.put(MEASURED, new Measured.Issued(issued.purpose(), channel));
        }
        if (event.data() instanceof RequestRejected rejected) {
            headers.put(MEASURED, new Measured.Rejected(rejected.code()));
        }
        if (event.traceparent() != null) {
            headers.put("traceparent", event.traceparent());
        }
        return headers;
    }
}
