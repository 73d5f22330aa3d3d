package dev.attache.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.objects.InMemoryS3;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A snapshot is stored, found, searched and grouped. */
class SnapshotsTests {

    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    private final InMemoryS3 s3 = new InMemoryS3();

    private final Snapshots snapshots = new Snapshots(s3, "bucket", "snapshots/");

    private static DeadLetter letter(String id, @Nullable String code, @Nullable String source, int minute) {
        Instant at = NOW.plus(Duration.ofMinutes(minute));
        return new DeadLetter(
                "orders-dlq",
                id,
                code,
                "no " + id,
                source,
                "attachment.requested",
                "e-" + id,
                "r-" + id,
                "orders",
                1,
                at,
                at,
                at.plus(Duration.ofDays(14)),
                true,
                "request.rejected",
                "a-" + id,
                Map.of("channel", "email"),
                "mail to ana@example.com",
                true,
                20);
    }

    private static Snapshot snapshot(DeadLetter... letters) {
        return new Snapshot("orders-dlq", NOW, letters.length + 5L, 5, false, List.of(letters));
    }

    @Test
    void aSnapshotIsReadAsItWasStored() {
        Snapshot snapshot = snapshot(letter("1", "MALFORMED", "desk", 1), letter("2", null, null, 0));

        snapshots.store(snapshot);

        assertThat(snapshots.snapshot("orders-dlq")).contains(snapshot);
        assertThat(new Snapshots(s3, "bucket", "snapshots/").snapshot("orders-dlq"))
                .contains(snapshot);
        assertThat(snapshots.snapshot("payments-dlq")).isEmpty();
    }

    @Test
    void aSnapshotThatCannotBeReadIsNone() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("[]".getBytes(StandardCharsets.UTF_8));
        }
        s3.put("snapshots/orders-dlq.json.gz");
        s3.objects.put("snapshots/orders-dlq.json.gz", bytes.toByteArray());

        assertThat(snapshots.snapshot("orders-dlq")).isEmpty();
    }

    @Test
    void lettersThatAreGoneAreRemoved() {
        snapshots.store(snapshot(letter("1", "MALFORMED", "desk", 1), letter("2", "MALFORMED", "desk", 0)));

        snapshots.remove("orders-dlq", Set.of("1", "unknown"));
        snapshots.remove("payments-dlq", Set.of("1"));

        Snapshot rest = snapshots.snapshot("orders-dlq").orElseThrow();
        assertThat(rest.letters()).extracting(DeadLetter::messageId).containsExactly("2");
        assertThat(rest.about()).isEqualTo(6);
    }

    @Test
    void groupsAreByCodeAndSourceTheLargestFirst() {
        Snapshot snapshot = snapshot(
                letter("1", "TOO_LARGE", "desk", 5),
                letter("2", "MALFORMED", "desk", 1),
                letter("3", "MALFORMED", "desk", 9),
                letter("4", "MALFORMED", "shop", 2),
                letter("5", null, null, 3));

        assertThat(snapshot.groups())
                .extracting(group -> group.code() + " " + group.source() + " " + group.count())
                .containsExactly("MALFORMED desk 2", "MALFORMED shop 1", "NONE unknown 1", "TOO_LARGE desk 1");
        Group first = snapshot.groups().getFirst();
        assertThat(first.first()).isEqualTo(NOW.plus(Duration.ofMinutes(1)));
        assertThat(first.last()).isEqualTo(NOW.plus(Duration.ofMinutes(9)));
        assertThat(first.nextDeleted()).isEqualTo(NOW.plus(Duration.ofDays(14)).plus(Duration.ofMinutes(1)));
    }

    @Test
    void aSearchLooksAtAllTextsInAnyCase() {
        Snapshot snapshot = snapshot(letter("1", "TOO_LARGE", "desk", 5), letter("2", "MALFORMED", "shop", 1));

        assertThat(found(snapshot, new Search("R-1", null, null))).containsExactly("1");
        assertThat(found(snapshot, new Search("malformed", null, null))).containsExactly("2");
        assertThat(found(snapshot, new Search("ana@example", null, null))).containsExactly("2", "1");
        assertThat(found(snapshot, new Search(null, "TOO_LARGE", "desk"))).containsExactly("1");
        assertThat(found(snapshot, new Search(" ", null, "desk"))).containsExactly("1");
        assertThat(found(snapshot, Search.ALL)).hasSize(2);
        assertThat(snapshot.find("2")).isPresent();
        assertThat(snapshot.find("3")).isEmpty();
    }

    @Test
    void aSearchDoesNotFindWhatIsMasked() {
        Snapshot snapshot = snapshot(letter("1", "TOO_LARGE", "desk", 5));

        assertThat(snapshot.search(new Search("ana@", null, null), text -> text.replace("ana@", "a…@")))
                .isEmpty();
    }

    private static List<String> found(Snapshot snapshot, Search search) {
        return snapshot.search(search, UnaryOperator.identity()).stream()
                .map(DeadLetter::messageId)
                .toList();
    }
}
