package dev.attache.sandbox.sns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.sandbox.sns.PublishedMessages.PublishedMessage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PublishedMessagesTests {

    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    private final PublishedMessages messages = new PublishedMessages(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void theNewestMessageIsFirst() {
        messages.add("arn:aws:sns:eu-central-2:000000000000:deliveries", "one");
        messages.add("arn:aws:sns:eu-central-2:000000000000:attachment-events", "two");

        assertThat(messages.newestFirst())
                .containsExactly(
                        new PublishedMessage(2, "attachment-events", NOW, "two"),
                        new PublishedMessage(1, "deliveries", NOW, "one"));
    }

    @Test
    void theOldestMessageIsDroppedWhenThereAreTooMany() {
        for (int i = 0; i <= PublishedMessages.MAX_MESSAGES; i++) {
            messages.add("deliveries", "message");
        }

        assertThat(messages.newestFirst())
                .hasSize(PublishedMessages.MAX_MESSAGES)
                .last()
                .extracting(PublishedMessage::number)
                .isEqualTo(2L);
    }

    @Test
    void oldMessagesAreDroppedWhenAllTogetherAreTooLong() {
        messages.add("deliveries", "short");
        messages.add("deliveries", "a".repeat(PublishedMessages.MAX_CHARACTERS));
        messages.add("deliveries", "short");

        assertThat(messages.newestFirst()).extracting(PublishedMessage::number).containsExactly(3L);
    }

    @Test
    void aSingleMessageIsKeptHoweverLong() {
        messages.add("deliveries", "a".repeat(PublishedMessages.MAX_CHARACTERS + 1));

        assertThat(messages.newestFirst()).hasSize(1);
    }
}
