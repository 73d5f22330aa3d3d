package dev.attache.console.requests;

import dev.attache.story.DeliveryStory;
import dev.attache.story.StoryState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A mail with a download page, and what became of it.
 *
 * @param delivery names the delivery in other calls; contains nothing personal
 * @param source the source of the request
 * @param requestId the id of the request
 * @param recipient the recipient's address; masked for viewers
 * @param purpose why the mail was sent, such as {@code download}
 * @param mail {@code sent}, {@code sending}, or {@code free} if the last attempt failed
 * @param issuedAt when the link was issued
 * @param state {@code open}, {@code expired}, {@code revoked} or {@code used up}
 * @param stateAt until or since when; absent if unknown
 * @param files the files of the page
 * @param newLinks how many mails with a new link followed
 * @param cannotResend why the mail cannot be sent again; absent if it probably can
 * @param events everything that is known, the earliest first
 */
public record DeliveryDocument(
        String delivery,
        String source,
        String requestId,
        String recipient,
        String purpose,
        String mail,
        Instant issuedAt,
        String state,
        @Nullable Instant stateAt,
        List<FileDocument> files,
        int newLinks,
        @Nullable String cannotResend,
        List<EventDocument> events) {

    /**
     * A file of a download page.
     *
     * @param name its title or its file name
     * @param bucket the bucket of the object
     * @param key the key of the object
     * @param downloads how often it was downloaded
     * @param last when it was downloaded last; absent if never
     */
    public record FileDocument(
            String name,
            String bucket,
            String key,
            int downloads,
            @Nullable Instant last) {}

    static DeliveryDocument of(DeliveryStory story, UnaryOperator<String> shown) {
        return new DeliveryDocument(
                story.id(),
                story.source(),
                story.requestId(),
                shown.apply(story.address()),
                story.purpose().name().toLowerCase(Locale.ROOT),
                story.mail().name().toLowerCase(Locale.ROOT),
                story.issuedAt(),
                story.state().kind().label(),
                story.state().at(),
                story.files().stream()
                        .map(file -> new FileDocument(
                                shown.apply(file.name()),
                                file.bucket(),
                                shown.apply(file.key()),
                                file.downloads(),
                                file.last()))
                        .toList(),
                story.newLinks(),
                story.resendObstacle().orElse(null),
                EventDocument.of(story.events(), shown));
    }

    /** The class of the state's tag. */
    public String stateTone() {
        return tone(state);
    }

    static String tone(String state) {
        return state.equals(StoryState.Kind.OPEN.label()) || state.equals(StoryState.Kind.COMPLETE.label())
                ? "good"
                : "warn";
    }

    /** How often all files were downloaded. */
    public int downloads() {
        return files.stream().mapToInt(FileDocument::downloads).sum();
    }
}
