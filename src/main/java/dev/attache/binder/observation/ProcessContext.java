package dev.attache.binder.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * The context of an observation of one received message. The parent of its span is the message attribute
 * {@code traceparent}, which names the last hop; without a valid one it is the context in the message's envelope
 * (CloudEvents "Distributed Tracing extension").
 */
public final class ProcessContext extends ReceiverContext<Message> {

    private static final String TRACEPARENT = "traceparent";

    /** W3C Recommendation "Trace Context", "traceparent Header Field Values". */
    private static final Pattern VALID = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}.*");

    ProcessContext(Message message, Kind kind, EnvelopeTrace envelopes) {
        super((carrier, key) -> value(carrier, key, envelopes), kind);
        setCarrier(message);
    }

    private static @Nullable String value(@Nullable Message message, String key, EnvelopeTrace envelopes) {
        if (message == null) {
            return null;
        }
        String traceparent = attribute(message, TRACEPARENT);
        boolean ofLastHop = traceparent != null && VALID.matcher(traceparent).matches();
        if (key.equals(TRACEPARENT)) {
            return ofLastHop ? traceparent : envelopes.traceparentOf(message.body());
        }
        // The others belong to the attribute: they are meaningless with the context of the envelope.
        return ofLastHop ? attribute(message, key) : null;
    }

    private static @Nullable String attribute(Message message, String name) {
        MessageAttributeValue attribute = message.messageAttributes().get(name);
        return attribute == null ? null : attribute.stringValue();
    }
}
