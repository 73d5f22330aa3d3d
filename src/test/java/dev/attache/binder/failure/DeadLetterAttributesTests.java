package dev.attache.binder.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.binder.message.ReceivedMessage;
import dev.attache.binder.message.RecordedSqs;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadLetterAttributesTests {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final DeadLetterAttributes attributes = new DeadLetterAttributes("dead-letter-");

    @Test
    void codeAndReasonComeBeforeTheOriginalAttributesAndTheseBeforeTheOthers() {
        Map<String, String> originals = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            originals.put("original-" + i, "v");
        }
        ReceivedMessage message = RecordedSqs.received(1, originals);

        var written = attributes.of(message, new Failure.Rejected("C", "r"), true, Optional.empty(), NOW);

        assertThat(written)
                .containsOnlyKeys(
                        "dead-letter-code",
                        "dead-letter-reason",
                        "original-0",
                        "original-1",
                        "original-2",
                        "original-3",
                        "original-4",
                        "original-5",
                        "original-6",
                        "original-7");
        assertThat(attributes.leftOut(message, written)).containsExactlyInAnyOrder("original-8", "original-9");
    }

    @Test
    void aMessageThatIsRejectedAgainHasTheNewReason() {
        ReceivedMessage message =
                RecordedSqs.received(1, Map.of("dead-letter-code", "OLD", "dead-letter-replayed", "yes"));

        var written = attributes.of(message, new Failure.Rejected("NEW", "r"), true, Optional.empty(), NOW);

        assertThat(written.get("dead-letter-code").stringValue()).isEqualTo("NEW");
        assertThat(written).doesNotContainKey("dead-letter-replayed");
    }

    @Test
    void anAttributeBeforeTheOriginalsStatesThatTheRejectionIsNotAnnounced() {
        Map<String, String> originals = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            originals.put("original-" + i, "v");
        }

        var notAnnounced = attributes.of(
                RecordedSqs.received(1, originals), new Failure.Rejected("C", "r"), false, Optional.empty(), NOW);
        var announced = attributes.of(
                RecordedSqs.received(1, originals), new Failure.Rejected("C", "r"), true, Optional.empty(), NOW);

        assertThat(notAnnounced).hasSize(10);
        assertThat(notAnnounced.get("dead-letter-announced").stringValue()).isEqualTo("false");
        assertThat(announced).doesNotContainKey("dead-letter-announced");
    }

    @Test
    void aReasonIsShortenedAndHasNoControlCharacters() {
        var written = attributes.of(
                RecordedSqs.received(1, Map.of()),
                new Failure.Rejected("C", "line\r\nbreak\u0000 " + "x".repeat(1000)),
                true,
                Optional.empty(),
                NOW);

        String reason = written.get("dead-letter-reason").stringValue();
        assertThat(reason).hasSize(500).startsWith("line  break").doesNotContain("\n", "\r", "\u0000");
    }

    @Test
    void anEmptyReasonIsReplaced() {
        var written = attributes.of(
                RecordedSqs.received(1, Map.of()), new Failure.Rejected("C", ""), true, Optional.empty(), NOW);

        assertThat(written.get("dead-letter-reason").stringValue()).isNotEmpty();
    }
}
