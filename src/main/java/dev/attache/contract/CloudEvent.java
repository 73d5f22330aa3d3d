package dev.attache.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of every event (CloudEvents 1.0, structured JSON).
 *
 * @param id unique within its source
 * @param source the system that sent the request
 * @param type the type of {@code data}
 * @param time when the event was created
 * @param subject the subject of the event in its source, such as a contract number
 * @param traceparent the W3C trace context; null if there is none
 */
public record CloudEvent<T>(
        String id,
        String source,
        EventType<T> type,
        @Nullable Instant time,
        @Nullable String subject,
        @Nullable String traceparent,
        T data) {

    /**
     * This event as an event of a type that was compared with {@link #type()}.
     *
     * @throws ClassCastException if its data have another type
     */
    public <U> CloudEvent<U> as(EventType<U> known) {
        return new CloudEvent<>(
                id, source, known, time, subject, traceparent, known.dataType().cast(data));
    }
}
