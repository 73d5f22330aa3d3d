package dev.attache.contract;

import java.util.List;
import java.util.Optional;

/** Reads and writes events, and holds each against its JSON Schema on the way in and on the way out. */
public interface EventCodec {

    /**
     * Reads an event of one type. The envelope may stand in the body itself, in an SNS notification
     * ({@code "Type":"Notification"}), or in the {@code detail} of an EventBridge event.
     *
     * @throws RejectedException {@code MALFORMED}, {@code UNKNOWN_TYPE}, {@code CONTRACT_VIOLATION},
     *                           {@code TOO_MANY_RECIPIENTS} or {@code ADDRESS_INVALID}
     */
    <T> CloudEvent<T> read(byte[] body, EventType<T> expected);

    /**
     * Reads S3's own notification: {@code Records[]} or EventBridge's "Object Created", raw or wrapped by SNS.
     *
     * @return the objects created; empty for {@code s3:TestEvent} and for events of other kinds
     * @throws RejectedException {@code MALFORMED} or {@code CONTRACT_VIOLATION}
     */
    List<ObjectCreated> readObjectsCreated(byte[] body);

    /**
     * Reads one line of a recipient list: a recipient as a JSON object, or an address alone, quoted or not.
     *
     * @param number the line's number, from 1, for the detail
     * @throws RejectedException {@code MALFORMED}, {@code CONTRACT_VIOLATION} or {@code ADDRESS_INVALID}
     */
    Recipient readRecipient(String line, long number);

    /** Writes an event. @throws IllegalStateException when it breaks its own schema: a bug of ours */
    byte[] write(CloudEvent<?> event);

    /** What can be read of a message that was rejected: whose it was. Never throws. */
    Optional<Origin> originOf(byte[] body);

    /**
     * Where an event came from.
     *
     * @param id        the event's own id
     * @param requestId the id of the event that upstream sent: the same, unless the event is one of ours
     */
    record Origin(String source, String id, String requestId) {
    }
}
