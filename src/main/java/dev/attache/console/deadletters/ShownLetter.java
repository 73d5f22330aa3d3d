package dev.attache.console.deadletters;

import dev.attache.console.Masks;
import dev.attache.console.Operator;
import dev.attache.deadletters.DeadLetter;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as a reader may see it: addresses are masked for viewers.
 *
 * @param queue the dead-letter queue
 * @param messageId SQS's id of the letter
 * @param code why it was rejected; missing if the worker did not write the letter
 * @param reason the explanation; missing if unknown
 * @param source the source of its event; missing if unknown
 * @param type the type of its event; missing if unknown
 * @param eventId the id of its event; missing if it cannot be read
 * @param requestId the id of the request that its event belongs to; missing if unknown
 * @param sourceQueue the queue that it came from; missing if unknown
 * @param attempts how often it was received from that queue; 0 if unknown
 * @param sentAt when it was sent; for a letter that SQS moved, when its message was first sent
 * @param failedAt when it was rejected; missing if unknown
 * @param deletedAt when SQS deletes it
 * @param announced whether the systems upstream were told
 * @param announcement the type of the event that told them; missing if there is none
 * @param announcementId the id of that event; missing if it cannot be derived
 * @param attributes its message attributes as text
 * @param excerpt the beginning of its body, without secrets
 * @param excerptWhole whether the excerpt is the whole body
 * @param size the length of the body in bytes
 */
public record ShownLetter(
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

    static ShownLetter of(DeadLetter letter, Operator reader) {
        Map<String, String> attributes = new TreeMap<>();
        letter.attributes().forEach((name, value) -> attributes.put(name, Masks.forReader(reader, value)));
        return new ShownLetter(
                letter.queue(),
                letter.messageId(),
                masked(reader, letter.code()),
                masked(reader, letter.reason()),
                masked(reader, letter.source()),
                masked(reader, letter.type()),
                masked(reader, letter.eventId()),
                masked(reader, letter.requestId()),
                letter.sourceQueue(),
                letter.attempts(),
                letter.sentAt(),
                letter.failedAt(),
                letter.deletedAt(),
                letter.announced(),
                letter.announcement(),
                masked(reader, letter.announcementId()),
                attributes,
                Masks.forReader(reader, letter.excerpt()),
                letter.excerptWhole(),
                letter.size());
    }

    private static @Nullable String masked(Operator reader, @Nullable String text) {
        return text == null ? null : Masks.forReader(reader, text);
    }
}
