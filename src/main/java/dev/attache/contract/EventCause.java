package dev.attache.contract;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The event that other events follow from. They have its source, subject and trace context, and their ids are derived
 * from its source and id ({@link EventIds}): if it is received again, the same ids result.
 *
 * @param source its source
 * @param id its id
 * @param subject the subject of the events that follow
 * @param traceparent the trace context of the events that follow
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
     * Makes an event that follows from this one.
     *
     * @param time when it is made
     * @param distinctions what tells it from other events of the same type that follow from this one, such as a
     *     recipient's address; part of its id
     */
    public <T> CloudEvent<T> follow(EventType<T> type, Instant time, T data, String... distinctions) {
        List<String> purpose =
                Stream.concat(Stream.of(type.name()), Stream.of(distinctions)).toList();
        return followFor(purpose, type, time, data);
    }

    /**
     * Makes an event that follows from this one, with an id that does not begin with its type's name.
     *
     * @param purpose what its id is derived from, besides source and id
     */
    public <T> CloudEvent<T> followFor(List<String> purpose, EventType<T> type, Instant time, T data) {
        String derived =
                EventIds.derive(source, id, purpose.toArray(String[]::new)).toString();
        return new CloudEvent<>(derived, source, type, time, subject, traceparent, data);
    }
}
