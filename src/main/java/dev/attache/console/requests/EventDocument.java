package dev.attache.console.requests;

import dev.attache.story.StoryEvent;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a request.
 *
 * @param at when it happened
 * @param kind what it was, such as {@code MAILED}
 * @param label the kind in words
 * @param tone {@code good}, {@code bad}, {@code open} for what has not ended yet, or {@code plain}
 * @param text further facts, such as the relay's reply; may be empty
 * @param until until when something holds, such as a link; absent if that does not apply
 */
public record EventDocument(
        Instant at,
        String kind,
        String label,
        String tone,
        String text,
        @Nullable Instant until) {

    /** @param shown what the reader may see of a text */
    static List<EventDocument> of(List<StoryEvent> events, UnaryOperator<String> shown) {
        return events.stream()
                .map(event -> new EventDocument(
                        event.at(),
                        event.kind().name(),
                        event.kind().label(),
                        event.kind().tone().name().toLowerCase(Locale.ROOT),
                        shown.apply(event.text()),
                        event.until()))
                .toList();
    }
}
