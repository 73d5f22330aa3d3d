package dev.attache.console.requests;

import dev.attache.story.UploadStory;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A requested upload, and what became of it.
 *
 * @param upload the id of the upload, which names it in other calls
 * @param source the source of the request
 * @param requestId the id of the request
 * @param recipient the address of the person who is asked, masked for viewers; absent if a program is asked
 * @param openedAt when it was opened
 * @param state {@code open}, {@code complete}, {@code declined}, {@code expired} or {@code revoked}
 * @param stateAt until or since when; absent if unknown
 * @param arrived how many files have arrived
 * @param mostFiles how many files the request allows
 * @param resent how often its mail was sent again
 * @param cannotResend why its mail cannot be sent again; absent if it can
 * @param events everything that is known, the earliest first
 */
public record UploadDocument(
        UUID upload,
        String source,
        String requestId,
        @Nullable String recipient,
        Instant openedAt,
        String state,
        @Nullable Instant stateAt,
        int arrived,
        int mostFiles,
        int resent,
        @Nullable String cannotResend,
        List<EventDocument> events) {

    static UploadDocument of(UploadStory story, UnaryOperator<String> shown) {
        return new UploadDocument(
                story.id(),
                story.source(),
                story.requestId(),
                story.address() == null ? null : shown.apply(story.address()),
                story.openedAt(),
                story.state().kind().label(),
                story.state().at(),
                story.arrived(),
                story.mostFiles(),
                story.resent(),
                story.resendObstacle().orElse(null),
                EventDocument.of(story.events(), shown));
    }

    /** The class of the state's tag. */
    public String stateTone() {
        return DeliveryDocument.tone(state);
    }
}
