package dev.attache.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.OpenUpload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadArrivalsTests {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** Amazon S3 User Guide, "Event message structure": the shorter one is padded on the right. */
    @ParameterizedTest
    @CsvSource({
        "0055AED6DCD90281E5, 0055AED6DCD90281E6",
        "0055AED6DCD90281E5, 0055AED6DCD90281E51",
        "0055AED6DCD90281E5, 0055AED6DCD90282",
        "0055AED6DCD9FFFFFFFFFF, 0055AED6DCDA",
        "00617F08299329D189, 00617f08299329d18a",
        "0A, 0b",
        "A000, B",
        "0, 1",
        "'', 1"
    })
    void laterSequencerSupersedesTheEarlierWhateverTheirLengths(String earlier, String later) {
        assertThat(UploadArrivals.supersedes(arrival("v2", later, NOON), arrival("v1", earlier, NOON)))
                .isTrue();
        assertThat(UploadArrivals.supersedes(arrival("v1", earlier, NOON), arrival("v2", later, NOON)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0055AED6, 0055AED6", "0055AED6, 0055AED600", "0055AED6, 0055aed6", "0055AED6, ", ", "})
    void timeDecidesWithoutDifferentSequencers(@Nullable String one, @Nullable String other) {
        assertThat(UploadArrivals.supersedes(arrival("v2", one, NOON.plusSeconds(1)), arrival("v1", other, NOON)))
                .isTrue();
        assertThat(UploadArrivals.supersedes(arrival("v1", other, NOON), arrival("v2", one, NOON.plusSeconds(1))))
                .isFalse();
    }

    @Test
    void fileWithAnotherKeyNeverSupersedes() {
        OpenUpload.Arrival first = arrival("v1", "0A", NOON);
        OpenUpload.Arrival other =
                new OpenUpload.Arrival("other", "v2", "e2", "0B", 1, "text/plain", NOON.plusSeconds(1), null);

        assertThat(UploadArrivals.supersedes(other, first)).isFalse();
        assertThat(UploadArrivals.supersedes(first, null)).isTrue();
    }

    private static OpenUpload.Arrival arrival(String version, @Nullable String sequencer, Instant uploadedAt) {
        return new OpenUpload.Arrival("key", version, "e-" + version, sequencer, 1, "text/plain", uploadedAt, null);
    }
}
