package dev.attache.binder.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The context of an observation of one message that is sent. The trace context of its span becomes an attribute of the
 * message.
 */
public final class SendContext extends SenderContext<Map<String, String>> {

    /** The limit of SQS, and of raw delivery from SNS to SQS. */
    private static final int MAX_ATTRIBUTES = 10;

    private final @Nullable String traceparent;

    /**
     * @param attributes the attributes of the message; those of the trace context are added
     * @param traceparent the trace context that the message itself names; null if it names none
     */
    SendContext(Map<String, String> attributes, @Nullable String traceparent) {
        super(SendContext::set, Kind.PRODUCER);
        this.traceparent = traceparent;
        setCarrier(attributes);
    }

    /** The parent of the span if the message is sent outside of any other span; null if there is none. */
    public @Nullable String traceparent() {
        return traceparent;
    }

    private static void set(@Nullable Map<String, String> attributes, String key, String value) {
        if (attributes != null && (attributes.containsKey(key) || attributes.size() < MAX_ATTRIBUTES)) {
            attributes.put(key, value);
        }
    }
}
