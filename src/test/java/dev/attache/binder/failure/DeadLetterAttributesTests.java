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

    @Test
    void tenAtMostWithCodeAndReasonBeforeTheOriginalsAndTheOriginalsBeforeTheRest() {
        Map<String, String> originals = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            originals.put("original-" + i, "v");
        }
        ReceivedMessage message = RecordedSqs.received(1, originals);

        var attributes = DeadLetterAttributes.of(message, new Failure.Rejected("C", "r"), true, Optional.empty(), NOW);

        assertThat(attributes)
                .containsOnlyKeys(
                        "attache-code",
                        "attache-reason",
                        "original-0",
                        "original-1",
                        "original-2",
                        "original-3",
                        "original-4",
                        "original-5",
                        "original-6",
                        "original-7");
        assertThat(DeadLetterAttributes.leftBehind(message, attributes))
                .containsExactlyInAnyOrder("original-8", "original-9");
    }

    @Test
    void aRedrivenMessageDoesNotKeepTheReasonOfItsLastDeath() {
        ReceivedMessage message = RecordedSqs.received(1, Map.of("attache-code", "OLD", "attache-replayed", "yes"));

        var attributes =
                DeadLetterAttributes.of(message, new Failure.Rejected("NEW", "r"), true, Optional.empty(), NOW);

        assertThat(attributes.get("attache-code").stringValue()).isEqualTo("NEW");
        assertThat(attributes).doesNotContainKey("attache-replayed");
    }

    @Test
    void whetherUpstreamWasNotToldYetGoesBeforeTheOriginals() {
        Map<String, String> originals = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            originals.put("original-" + i, "v");
        }

        var untold = DeadLetterAttributes.of(
                RecordedSqs.received(1, originals), new Failure.Rejected("C", "r"), false, Optional.empty(), NOW);
        var told = DeadLetterAttributes.of(
                RecordedSqs.received(1, originals), new Failure.Rejected("C", "r"), true, Optional.empty(), NOW);

        assertThat(untold).hasSize(10);
        assertThat(untold.get("attache-announced").stringValue()).isEqualTo("false");
        assertThat(told).doesNotContainKey("attache-announced");
    }

    @Test
    void aReasonIsMadeFitForAnAttribute() {
        var attributes = DeadLetterAttributes.of(
                RecordedSqs.received(1, Map.of()),
                new Failure.Rejected("C", "line\r\nbreak\u0000 " + "x".repeat(1000)),
                true,
                Optional.empty(),
                NOW);

        String reason = attributes.get("attache-reason").stringValue();
        assertThat(reason).hasSize(500).startsWith("line  break").doesNotContain("\n", "\r", "\u0000");
    }

    @Test
    void anEmptyReasonIsNoEmptyAttribute() {
        var attributes = DeadLetterAttributes.of(
                RecordedSqs.received(1, Map.of()), new Failure.Rejected("C", ""), true, Optional.empty(), NOW);

        assertThat(attributes.get("attache-reason").stringValue()).isNotEmpty();
    }
}
