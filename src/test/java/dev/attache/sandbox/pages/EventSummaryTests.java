package dev.attache.sandbox.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventSummaryTests {

    @Test
    void anEventIsSummarizedWithWhatTellsItFromOthers() {
        var summary = summary("""
            {"id": "e-1", "type": "link.downloaded", "source": "crm", "subject": "contract-4711",
             "time": "2026-11-27T10:00:00Z",
             "data": {"requestId": "r-1", "recipient": {"address": "ana@example.com"}, "object": {"key": "a.pdf"}}}\
            """);

        assertThat(summary)
                .isEqualTo(new EventSummary(
                        "link.downloaded",
                        "crm",
                        "contract-4711",
                        Instant.parse("2026-11-27T10:00:00Z"),
                        "ana@example.com · a.pdf",
                        "r-1",
                        false));
    }

    @Test
    void aRequestIsItsOwnCause() {
        assertThat(summary("{\"id\": \"r-1\", \"data\": {}}").causeId()).isEqualTo("r-1");
    }

    @Test
    void onlyMailedLinksCanBeChanged() {
        assertThat(summary("{\"type\": \"link.issued\", \"data\": {\"channel\": \"email\"}}")
                        .mailedLinks())
                .isTrue();
        assertThat(summary("{\"type\": \"link.issued\", \"data\": {\"channel\": \"event\"}}")
                        .mailedLinks())
                .isFalse();
    }

    @Test
    void whatIsNoEventHasAnEmptySummary() {
        var empty = new EventSummary("", "", "", null, "", "", false);

        assertThat(summary("no JSON")).isEqualTo(empty);
        assertThat(summary("[1]")).isEqualTo(empty);
        assertThat(summary("{\"time\": \"yesterday\"}")).isEqualTo(empty);
    }

    private static EventSummary summary(String body) {
        return EventSummary.of(SecretFreeText.parsed(body));
    }
}
