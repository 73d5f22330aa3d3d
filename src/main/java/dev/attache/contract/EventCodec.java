package dev.attache.contract;

import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes events as JSON. Events that are read are validated against their JSON Schemas. Events that are
 * written are validated in tests only.
 */
public interface EventCodec {

    /**
     * Reads an event of one type. The envelope may be the body itself, or in an SNS notification
     * ({@code "Type":"Notification"}), or in the {@code detail} of an EventBridge event. Its data may be an object, or
     * the object's JSON in base64.
     *
     * @throws RejectedException {@code MALFORMED}, {@code TOO_LARGE}, {@code UNKNOWN_TYPE}, {@code CONTRACT_VIOLATION},
     *     {@code TOO_MANY_RECIPIENTS} or {@code ADDRESS_INVALID}
     */
    <T> CloudEvent<T> read(byte[] body, EventType<T> expected);

    /**
     * Reads an event of one of several types, as {@link #read(byte[], EventType)} does.
     *
     * @param accepted the types that the queue accepts, at least one
     */
    CloudEvent<?> read(byte[] body, List<? extends EventType<?>> accepted);

    /**
     * Reads a notification from S3 ({@code Records[]}) or an event from EventBridge, raw or in an SNS notification.
     *
     * @throws RejectedException {@code MALFORMED}, {@code TOO_LARGE} or {@code CONTRACT_VIOLATION}
     */
    ObjectNotification readObjectsCreated(byte[] body);

    /**
     * Reads one line of a recipient list: a recipient as a JSON object, or only an address, with or without quotes.
     *
     * @param number the line's number, from 1, for error messages
     * @throws RejectedException {@code MALFORMED}, {@code CONTRACT_VIOLATION} or {@code ADDRESS_INVALID}
     */
    Recipient readRecipient(String line, long number);

    /** Writes an event as UTF-8 JSON that SQS and SNS accept. */
    byte[] write(CloudEvent<?> event);

    /** Returns the trace context in an event's envelope; null if there is none or it cannot be read. Never throws. */
    @Nullable
    String traceparentOf(byte[] body);

    /** Returns the origin of a rejected message; empty if it cannot be read. Never throws. */
    Optional<Origin> originOf(byte[] body);

    /**
     * The origin of an event.
     *
     * @param id the event's id
     * @param requestId the id of the event that upstream sent, which differs from {@code id} if the worker created the
     *     event
     */
    record Origin(String source, String id, String requestId) {}
}
