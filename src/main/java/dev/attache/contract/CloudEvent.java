package dev.attache.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of every event (CloudEvents 1.0, structured JSON).
 *
 * @param id unique within its source
 * @param source whose request it is
 * @param type what {@code data} holds
 * @param time when it was made
 * @param subject what it is about
 * @param traceparent the W3C trace context, where there is one
 */
public record CloudEvent<T>(
        String id,
        String source,
        EventType<T> type,
        @Nullable Instant time,
        @Nullable String subject,
        @Nullable String traceparent,
        T data) {}
