package dev.attache.console.requests;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.attache.story.NamedLetter;
import dev.attache.story.RequestStory;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows about a request.
 *
 * @param source the source of the request
 * @param requestId the id of the request
 * @param mails how many mails with a download page, or with another link to one, there are
 * @param moreMails whether there are more, which are not counted
 * @param deliveries a part of the deliveries
 * @param uploads the uploads that were found
 * @param events what concerns the whole request
 * @param letters the dead letters of the request in the last snapshots
 * @param next what to send as {@code after} for the next deliveries; absent for the last ones
 */
public record StoryDocument(
        String source,
        String requestId,
        long mails,
        boolean moreMails,
        List<DeliveryDocument> deliveries,
        List<UploadDocument> uploads,
        List<EventDocument> events,
        List<LetterDocument> letters,
        @Nullable String next) {

    /**
     * A dead letter of the request.
     *
     * @param queue the dead-letter queue
     * @param messageId the id of the message
     * @param code why it was rejected; absent if SQS moved it
     * @param reason the explanation; absent if unknown
     * @param seenAt when it failed
     * @param deletedAt when SQS deletes it
     */
    public record LetterDocument(
            String queue,
            String messageId,
            @Nullable String code,
            @Nullable String reason,
            Instant seenAt,
            Instant deletedAt) {

        static LetterDocument of(NamedLetter letter, UnaryOperator<String> shown) {
            return new LetterDocument(
                    letter.queue(),
                    letter.messageId(),
                    letter.code(),
                    letter.reason() == null ? null : shown.apply(letter.reason()),
                    letter.seenAt(),
                    letter.deletedAt());
        }
    }

    static StoryDocument of(RequestStory story, UnaryOperator<String> shown) {
        return new StoryDocument(
                story.source(),
                story.requestId(),
                story.mails(),
                story.mails() >= RequestStory.MOST_COUNTED,
                story.deliveries().stream()
                        .map(delivery -> DeliveryDocument.of(delivery, shown))
                        .toList(),
                story.uploads().stream()
                        .map(upload -> UploadDocument.of(upload, shown))
                        .toList(),
                EventDocument.of(story.events(), shown),
                story.letters().stream()
                        .map(letter -> LetterDocument.of(letter, shown))
                        .toList(),
                story.next().orElse(null));
    }

    /** Whether nothing is known. */
    @JsonIgnore
    public boolean isUnknown() {
        return mails == 0 && uploads.isEmpty() && events.isEmpty() && letters.isEmpty();
    }

    /** Whether a page should look again soon: nothing is known yet, or a mail is not sent yet. */
    @JsonIgnore
    public boolean isChanging() {
        return isUnknown()
                || deliveries.stream().anyMatch(delivery -> !delivery.mail().equals("sent"));
    }

    /** Whether it is small enough to be looked at again and again. */
    @JsonIgnore
    public boolean isSmall() {
        return deliveries.size() + uploads.size() <= 3;
    }
}
