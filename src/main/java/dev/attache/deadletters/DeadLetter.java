package dev.attache.deadletters;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message in a dead-letter queue, as a scan saw it. No text of it contains a signed URL, the token of a page or a
 * statement about a sender. Addresses are not masked.
 *
 * @param queue the name of the dead-letter queue
 * @param code why it was rejected; null if SQS moved it, or somebody else sent it
 * @param reason the explanation; null if unknown
 * @param source the source of its event; null if unknown
 * @param type the type of its event; null if unknown
 * @param eventId the id of its event; null if it cannot be read
 * @param requestId the id of the request that its event belongs to; null if unknown
 * @param sourceQueue the queue that it was received from before; null if unknown
 * @param attempts how often it was received from that queue; 0 if unknown
 * @param sentAt SQS's {@code SentTimestamp}: for a letter that SQS moved, when it was first sent
 * @param failedAt when it was rejected; null if unknown
 * @param deletedAt when SQS deletes it because the queue's retention period is over
 * @param announced whether the systems upstream were told; false for a letter that SQS moved
 * @param announcement the type of the event that told them, such as {@code request.rejected}; null for none
 * @param announcementId the id of that event; null if there is none, or if it cannot be derived
 * @param attributes its message attributes as text; binary values as {@code (n bytes)}
 * @param excerpt the beginning of its body
 * @param excerptWhole whether the excerpt is the whole body and nothing in it was replaced, so that it can be edited
 * @param size the length of the body in bytes
 */
public record DeadLetter(
        String queue,
        String messageId,
        @Nullable String code,
        @Nullable String reason,
        @Nullable String source,
        @Nullable String type,
        @Nullable String eventId,
        @Nullable String requestId,
        @Nullable String sourceQueue,
        int attempts,
        Instant sentAt,
        @Nullable Instant failedAt,
        Instant deletedAt,
        boolean announced,
        @Nullable String announcement,
        @Nullable String announcementId,
        Map<String, String> attributes,
        String excerpt,
        boolean excerptWhole,
        int size) {

    public DeadLetter {
        attributes = Map.copyOf(attributes);
    }

    /** The code of its {@link Group}: {@code NONE} for a letter without one. */
    public String groupCode() {
        return code == null ? Group.NO_CODE : code;
    }

    /** The source of its {@link Group}: {@code unknown} for a letter without one. */
    public String groupSource() {
        return source == null ? Group.UNKNOWN_SOURCE : source;
    }

    /** When it failed; for a letter that SQS moved, when it was first sent. */
    public Instant seenAt() {
        return failedAt == null ? sentAt : failedAt;
    }
}
