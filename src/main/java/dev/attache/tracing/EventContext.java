package dev.attache.tracing;

import dev.attache.contract.AudiencePart;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.LinkIssued;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Says to which request the current message belongs: in the lines that are logged from now on, and in its span. It
 * lasts until the binder has handled the message.
 */
public final class EventContext {

    /** The key of the logging context for the id of the event that upstream sent. */
    public static final String REQUEST_ID = "requestId";

    /** The key of the logging context for the trace. While spans are exported, tracing sets it. */
    public static final String TRACE_ID = "traceId";

    /** The binder sets it while a message is handled. Other threads, such as those of a dry run, get no context. */
    private static final String MESSAGE_ID = "messageId";

    /** Upstream chooses ids. One that may be an address or a URL is not logged. */
    private static final Pattern LOGGABLE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    /** W3C Recommendation "Trace Context", version 00. */
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

    private EventContext() {}

    /** The current message is this event. */
    public static void of(CloudEvent<?> event) {
        String requestId = switch (event.data()) {
            case LinkIssued issued -> issued.requestId();
            case AudiencePart part -> part.requestId();
            case Object request -> event.id();
        };
        log(requestId, event.traceparent());
    }

    /**
     * The current message has another sender than the request, such as S3. Its span is linked to the request.
     *
     * @param traceparent the trace context of the request; null if it had none
     */
    public static void ofRequest(String requestId, @Nullable String traceparent) {
        log(requestId, traceparent);
        if (traceparent != null) {
            Matcher parts = TRACEPARENT.matcher(traceparent);
            if (parts.matches()) {
                Span.current()
                        .addLink(SpanContext.createFromRemoteParent(
                                parts.group(1),
                                parts.group(2),
                                TraceFlags.fromHex(parts.group(3), 0),
                                TraceState.getDefault()));
            }
        }
    }

    private static void log(String requestId, @Nullable String traceparent) {
        if (MDC.get(MESSAGE_ID) == null) {
            return;
        }
        if (LOGGABLE.matcher(requestId).matches()) {
            MDC.put(REQUEST_ID, requestId);
        }
        if (traceparent != null && MDC.get(TRACE_ID) == null) {
            Matcher parts = TRACEPARENT.matcher(traceparent);
            if (parts.matches()) {
                MDC.put(TRACE_ID, parts.group(1));
            }
        }
    }
}
