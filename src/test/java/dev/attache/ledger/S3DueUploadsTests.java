package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.DueUploads.Due;
import dev.attache.ledger.objects.InMemoryS3;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class S3DueUploadsTests {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final InMemoryS3 s3 = new InMemoryS3();

    private final S3DueUploads due = new S3DueUploads(s3, "attachments", "ledger/");

    private final Random random = new Random(3);

    private UUID add(Instant expiresAt) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        due.add(id, expiresAt);
        return id;
    }

    @Test
    void markerIsAtTheMinuteOfTheExpiry() {
        UUID id = add(Instant.parse("2026-11-21T10:15:42.5Z"));

        assertThat(s3.objects).containsOnlyKeys("ledger/due/20261121T1015/" + id);
        due.add(id, Instant.parse("2026-11-21T10:15:42.5Z"));
        assertThat(s3.objects).hasSize(1);
        assertThat(due.until(NOON, 10)).containsExactly(new Due(Instant.parse("2026-11-21T10:15:00Z"), id));
    }

    @Test
    void earliestExpiriesAreListedFirst() {
        UUID third = add(NOON.minus(3, ChronoUnit.MINUTES));
        UUID first = add(NOON.minus(400, ChronoUnit.DAYS));
        UUID second = add(NOON.minus(2, ChronoUnit.HOURS));

        assertThat(due.until(NOON, 10)).extracting(Due::id).containsExactly(first, second, third);
    }

    @Test
    void uploadIsDueAfterItsMinute() {
        UUID id = add(Instant.parse("2026-11-21T11:59:59Z"));

        assertThat(due.until(Instant.parse("2026-11-21T11:59:59.999Z"), 10)).isEmpty();
        assertThat(due.until(NOON, 10)).extracting(Due::id).containsExactly(id);
    }

    @Test
    void listingStopsAtTheFirstThatIsNotDue() {
        UUID overdue = add(NOON.minusSeconds(120));
        IntStream.range(0, 3000).forEach(i -> add(NOON.plusSeconds(60L * i)));

        assertThat(due.until(NOON, 5000)).extracting(Due::id).containsExactly(overdue);
        assertThat(s3.lists).isEqualTo(1);
    }

    @Test
    void markersAreCountedWhetherDueOrNotUpToALimit() {
        IntStream.range(0, 1200).forEach(i -> add(NOON.plusSeconds(60L * (i - 600))));

        assertThat(due.count(5000)).isEqualTo(1200);
        assertThat(due.count(1000)).isEqualTo(1000);
    }

    @Test
    void manyMarkersAreListedPageByPageUpToTheLimit() {
        IntStream.range(0, 2500).forEach(i -> add(NOON.minusSeconds(86_400 - i)));

        List<Due> all = due.until(NOON.plusSeconds(60), 5000);
        assertThat(all).hasSize(2500).doesNotHaveDuplicates();
        assertThat(s3.lists).isEqualTo(3);
        assertThat(due.until(NOON, 7)).isEqualTo(all.subList(0, 7));
        assertThat(due.untilAfter(all.get(6), NOON, 7)).isEqualTo(all.subList(7, 14));
    }

    @Test
    void markerIsRemovedAndMayBeMissing() {
        add(NOON.minusSeconds(120));
        Due marker = due.until(NOON, 1).getFirst();

        due.remove(marker);
        due.remove(marker);

        assertThat(s3.objects).isEmpty();
    }

    @Test
    void otherKeysAreIgnored() {
        for (String stranger : List.of(
                "x",
                "20261121T1015",
                "20261121T1015/x",
                "20269921T1015/" + new UUID(1, 2),
                "20261121T1015/1-1-1-1-1",
                "20261121T1015/" + new UUID(1, 2) + "/x")) {
            s3.put("ledger/due/" + stranger);
        }
        UUID id = add(NOON.minusSeconds(120));

        assertThat(due.until(NOON, 10)).extracting(Due::id).containsExactly(id);
    }
}
