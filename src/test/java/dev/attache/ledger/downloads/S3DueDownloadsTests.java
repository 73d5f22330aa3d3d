package dev.attache.ledger.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.downloads.DueDownloads.Due;
import dev.attache.ledger.downloads.DueDownloads.Kind;
import dev.attache.ledger.objects.InMemoryS3;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class S3DueDownloadsTests {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static final DeliveryKey KEY =
            new DeliveryKey(0xfedcba9876543210L, 1, UUID.fromString("0f4bd3a7-6a4c-5a1e-9d0c-1f6f5a1c2b3d"));

    private final InMemoryS3 s3 = new InMemoryS3();

    private final S3DueDownloads due = new S3DueDownloads(s3, "attachments", "ledger/");

    @Test
    void markerNamesMinuteKindAndDelivery() {
        due.add(new Due(NOON.plusSeconds(42), Kind.REMINDER, KEY, ""));
        due.add(new Due(NOON.plusSeconds(42), Kind.EVENTS, KEY, "0af3"));

        assertThat(s3.objects)
                .containsOnlyKeys(
                        "ledger/due/pages/20261121T1200/reminder-fedcba9876543210-0000000000000001-" + KEY.delivery(),
                        "ledger/due/pages/20261121T1200/events-fedcba9876543210-0000000000000001-" + KEY.delivery()
                                + "-0af3");
    }

    @Test
    void markersAreListedAsTheyWereAddedTheEarliestFirst() {
        Due last = new Due(NOON.minus(Duration.ofMinutes(2)), Kind.EXPIRY, KEY, "");
        Due first = new Due(NOON.minus(Duration.ofDays(2)), Kind.EVENTS, KEY, "12ab");
        Due middle = new Due(NOON.minus(Duration.ofHours(1)), Kind.REMINDER, KEY, "");
        List.of(last, first, middle).forEach(due::add);
        due.add(new Due(NOON, Kind.EXPIRY, KEY, ""));

        assertThat(due.until(NOON, 10)).containsExactly(first, middle, last);
        assertThat(due.untilAfter(first, NOON, 1)).containsExactly(middle);
    }

    @Test
    void markersOfOnePageAreRemovedOneByOne() {
        Due one = new Due(NOON, Kind.EVENTS, KEY, "1");
        Due other = new Due(NOON, Kind.EVENTS, KEY, "2");
        due.add(one);
        due.add(other);

        due.remove(one);
        due.remove(one);

        assertThat(due.until(NOON.plusSeconds(60), 10)).containsExactly(other);
    }

    @Test
    void markersOfLaterReleasesAreIgnored() {
        String folder = "ledger/due/pages/20261121T1100/";
        s3.put(folder + "survey-fedcba9876543210-0000000000000001-" + KEY.delivery());
        s3.put(folder + "expiry-fedcba9876543210-0000000000000001-" + KEY.delivery() + "-x");
        s3.put(folder + KEY.delivery());

        assertThat(due.until(NOON, 10)).isEmpty();
    }
}
