package dev.attache.story;

import java.util.List;
import java.util.Optional;

/**
 * What the ledger knows about a request.
 *
 * @param mails how many mails with a download page, or with another link to one, there are; {@link #MOST_COUNTED} for
 *     so many or more
 * @param deliveries a part of its deliveries
 * @param next where the next part begins; empty if there is none
 * @param uploads the uploads that were found
 * @param events what concerns the whole request: revocations, extensions, dead letters, and mails without a page
 */
public record RequestStory(
        String source,
        String requestId,
        long mails,
        List<DeliveryStory> deliveries,
        Optional<String> next,
        List<UploadStory> uploads,
        List<StoryEvent> events,
        List<NamedLetter> letters) {

    /** More mails are not counted: 10 calls of S3. */
    public static final long MOST_COUNTED = 10_000;

    public RequestStory {
        deliveries = List.copyOf(deliveries);
        uploads = List.copyOf(uploads);
        events = List.copyOf(events);
        letters = List.copyOf(letters);
    }

    /** Whether nothing is known. */
    public boolean isEmpty() {
        return mails == 0 && uploads.isEmpty() && events.isEmpty() && letters.isEmpty();
    }
}
