package dev.attache.contract;

import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;
import java.util.Optional;

/**
 * Reads and writes events as JSON. What is read is validated against its JSON Schema. What is written is made of this
 * application's own records, and only tests validate it.
 */
public interface EventCodec {

    /**
     * Reads an event of one type. The envelope may stand in the body itself, in an SNS notification
     * ({@code "Type":"Notification"}), or in the {@code detail} of an EventBridge event. Its data may be an object, or
     * the object's JSON in base64.
     *
     * @throws RejectedException {@code MALFORMED}, {@code TOO_LARGE}, {@code UNKNOWN_TYPE}, {@code CONTRACT_VIOLATION},
     *     {@code TOO_MANY_RECIPIENTS} or {@code ADDRESS_INVALID}
     */
    <T> CloudEvent<T> read(byte[] body, EventType<T> expected);

    /**
     * Reads S3's own notification, {@code Records[]}, or an event of EventBridge's, raw or wrapped by SNS.
     *
     * @throws RejectedException {@code MALFORMED}, {@code TOO_LARGE} or {@code CONTRACT_VIOLATION}
     */
    ObjectNotification readObjectsCreated(byte[] body);

    /**
     * Reads one line of a recipient list: a recipient as a JSON object, or an address alone, quoted or not.
     *
     * @param number the line's number, from 1, for the detail
     * @throws RejectedException {@code MALFORMED}, {@code CONTRACT_VIOLATION} or {@code ADDRESS_INVALID}
     */
    Recipient readRecipient(String line, long number);

    /** Writes an event as UTF-8 JSON that SQS and SNS accept. */
    byte[] write(CloudEvent<?> event);

    /** What can be read of a message that was rejected: whose it was. Never throws. */
    Optional<Origin> originOf(byte[] body);

    /**
     * Where an event came from.
     *
     * @param id the event's own id
     * @param requestId the id of the event that upstream sent: the same, unless the event is one of ours
     */
    record Origin(String source, String id, String requestId) {}
}
