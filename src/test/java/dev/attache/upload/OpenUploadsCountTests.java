package dev.attache.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.DueUploads;
import dev.attache.link.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OpenUploadsCountTests {

    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    private final DueInMemory due = new DueInMemory();

    private final SettableClock clock = new SettableClock(NOW);

    private final OpenUploadsCount count = new OpenUploadsCount(due, clock);

    @Test
    void thereIsNoNumberBeforeTheFirstCount() {
        assertThat(count.last()).isNaN();
    }

    @Test
    void markersAreCountedEveryTenMinutes() {
        due.add(UUID.randomUUID(), NOW.plusSeconds(3600));
        count.refresh();
        due.add(UUID.randomUUID(), NOW.minusSeconds(60));
        clock.advance(OpenUploadsCount.INTERVAL.minusSeconds(1));
        count.refresh();
        assertThat(count.last()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(1));
        count.refresh();

        assertThat(count.last()).isEqualTo(2);
    }

    @Test
    void aCountThatFailsLeavesNoNumber() {
        OpenUploadsCount failing = new OpenUploadsCount(new Unlistable(), clock);

        failing.refresh();

        assertThat(failing.last()).isNaN();
    }

    /** An index whose bucket does not answer. */
    private static final class Unlistable implements DueUploads {

        @Override
        public int count(int most) {
            throw new IllegalStateException("S3 does not answer");
        }

        @Override
        public List<Due> until(Instant time, int limit) {
            return List.of();
        }

        @Override
        public List<Due> untilAfter(Due last, Instant time, int limit) {
            return List.of();
        }

        @Override
        public void add(UUID id, Instant expiresAt) {}

        @Override
        public void remove(Due marker) {}
    }
}
