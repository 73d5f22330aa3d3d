package dev.attache.contract;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The event that causes other events. They have its source, subject and trace context, and their ids are derived from
 * its source and id ({@link EventIds}), so that they have the same ids if it is received again.
 *
 * @param source the source of this event
 * @param id the id of this event
 * @param subject the subject of the caused events
 * @param traceparent the trace context of the caused events
 */
public record EventCause(
        String source,
        String id,
        @Nullable String subject,
        @Nullable String traceparent) {

    /** An event without subject and trace context. */
    public EventCause(String source, String id) {
        this(source, id, null, null);
    }

    public static EventCause of(CloudEvent<?> event) {
        return new EventCause(event.source(), event.id(), event.subject(), event.traceparent());
    }

    public EventCause withSubject(@Nullable String other) {
        return new EventCause(source, id, other, traceparent);
    }

    public EventCause withoutTrace() {
        return new EventCause(source, id, subject, null);
    }

    /**
     * Creates an event that this one causes.
     *
     * @param time the current time
     * @param distinctions values that distinguish it from other events of the same type with this cause, such as a
     *     recipient's address. Its id is derived from them
     */
    public <T> CloudEvent<T> follow(EventType<T> type, Instant time, T data, String... distinctions) {
        List<String> purpose =
                Stream.concat(Stream.of(type.name()), Stream.of(distinctions)).toList();
        return followFor(purpose, type, time, data);
    }

    /**
     * Creates an event that this one causes, with an id that is not derived from its type's name.
     *
     * @param purpose the values from which its id is derived, in addition to source and id
     */
    public <T> CloudEvent<T> followFor(List<String> purpose, EventType<T> type, Instant time, T data) {
        return new CloudEvent<>(idFor(purpose), source, type, time, subject, traceparent, data);
    }

    /** The id of the event that {@link #followFor} creates for this purpose. */
    public String idFor(List<String> purpose) {
        return EventIds.derive(source, id, purpose.toArray(String[]::new)).toString();
    }
}
