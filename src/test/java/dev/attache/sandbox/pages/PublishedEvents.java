package dev.attache.sandbox.pages;

import dev.attache.sandbox.sns.PublishedMessages;
import dev.attache.sandbox.sns.PublishedMessages.PublishedMessage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The latest events that were published on the topics, as a page shows them. */
public final class PublishedEvents {

    private final PublishedMessages messages;

    public PublishedEvents(PublishedMessages messages) {
        this.messages = messages;
    }

    /**
     * A published event.
     *
     * @param key unique, and the same each time that the event is shown
     * @param time that of the event; when it was published if it has none
     * @param text the whole event without secrets
     */
    public record PublishedEvent(String key, String topic, Instant time, EventSummary summary, String text) {

        static PublishedEvent of(PublishedMessage message) {
            var summary = EventSummary.of(SecretFreeText.parsed(message.body()));
            return new PublishedEvent(
                    "event-" + message.number(),
                    message.topic(),
                    Objects.requireNonNullElse(summary.time(), message.publishedAt()),
                    summary,
                    SecretFreeText.of(message.body()));
        }
    }

    /** At most {@link PublishedMessages#MAX_MESSAGES}, newest first. */
    public List<PublishedEvent> newestFirst() {
        return messages.newestFirst().stream().map(PublishedEvent::of).toList();
    }
}
