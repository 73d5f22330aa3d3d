package dev.attache.story;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A requested upload, and what became of it.
 *
 * @param address the address of the person who is asked; null if a program asked for it
 * @param arrived how many files have arrived
 * @param mostFiles how many files the request allows
 * @param notified how many people get a mail about the arrival
 * @param resent how often its mail was sent again
 * @param resendObstacle why its mail cannot be sent again; empty if it can
 * @param events everything that is known, the earliest first
 */
public record UploadStory(
        UUID id,
        String source,
        String requestId,
        @Nullable String address,
        Instant openedAt,
        StoryState state,
        int arrived,
        int mostFiles,
        int notified,
        int resent,
        Optional<String> resendObstacle,
        List<StoryEvent> events) {

    public UploadStory {
        events = List.copyOf(events);
    }
}
