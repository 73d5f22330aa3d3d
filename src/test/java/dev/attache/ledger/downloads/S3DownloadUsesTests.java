package dev.attache.ledger.downloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.ledger.downloads.DownloadUse.ItemUse;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.ledger.objects.InMemoryS3.Trouble;
import dev.attache.ledger.objects.LedgerContentionException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3DownloadUsesTests {

    private static final DeliveryKey KEY = new DeliveryKey(1, 2, UUID.fromString(PageBuilder.DELIVERY));

    private static final String OBJECT = "ledger/uses/" + KEY.path();

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456789Z");

    private final InMemoryS3 s3 = new InMemoryS3();

    private final DownloadUses uses = worker();

    private DownloadUses worker() {
        return new S3DownloadUses(new ConditionalObjects(s3, "attachments", attempt -> {}), "ledger/", attempt -> {});
    }

    private DownloadUse use(DownloadUses worker, int item, String id, Instant at) {
        return worker.change(KEY, it -> it.withUse(item, id, at));
    }

    @Test
    void unusedPageHasNoObject() {
        assertThat(uses.find(KEY)).isEqualTo(DownloadUse.NONE);
        assertThat(uses.change(KEY, it -> it)).isEqualTo(DownloadUse.NONE);
        assertThat(s3.objects).isEmpty();
    }

    @Test
    void usesAreCountedPerItemWithFirstAndLast() {
        use(uses, 2, "a", NOON);
        use(uses, 2, "b", NOON.plusSeconds(60));
        use(uses, 0, "c", NOON.plusSeconds(90));

        DownloadUse found = worker().find(KEY);

        assertThat(found.item(0).count()).isEqualTo(1);
        assertThat(found.item(1)).isEqualTo(ItemUse.NONE);
        assertThat(found.item(2).count()).isEqualTo(2);
        assertThat(found.item(2).first()).isEqualTo(NOON);
        assertThat(found.item(2).last()).isEqualTo(NOON.plusSeconds(60));
        assertThat(found.item(99)).isEqualTo(ItemUse.NONE);
        assertThat(found.isDownloaded()).isTrue();
        assertThat(s3.objects).containsOnlyKeys(OBJECT);
    }

    @Test
    void useWhoseResponseWasLostIsCountedOnce() {
        s3.troubles.add(Trouble.ANSWER_LOST);
        use(uses, 0, "a", NOON);
        s3.troubles.add(Trouble.ANSWER_LOST);

        DownloadUse last = use(uses, 0, "b", NOON);

        assertThat(last.item(0).count()).isEqualTo(2);
        assertThat(uses.find(KEY)).isEqualTo(last);
    }

    /** The writes of others between a lost response and the repetition do not hide the use. */
    @Test
    void useWhoseResponseWasLostIsCountedOnceAlthoughOthersWriteMeanwhile() {
        List<String> attempts = new ArrayList<>();

        uses.change(KEY, recorded -> {
            attempts.add("attempt");
            if (attempts.size() == 1) {
                s3.troubles.add(Trouble.ANSWER_LOST);
            } else if (attempts.size() == 2) {
                use(worker(), 0, "other", NOON);
            }
            return recorded.withUse(0, "ours", NOON);
        });

        assertThat(attempts).hasSize(2);
        assertThat(uses.find(KEY).item(0).count()).isEqualTo(2);
        assertThat(uses.find(KEY).item(0).recent()).containsExactly("ours", "other");
    }

    @Test
    void onlyTheLastIdsAreKept() {
        for (int i = 0; i < 40; i++) {
            use(uses, 0, "use-" + i, NOON);
        }

        ItemUse item = uses.find(KEY).item(0);

        assertThat(item.count()).isEqualTo(40);
        assertThat(item.recent()).hasSize(16).startsWith("use-24").endsWith("use-39");
    }

    /** The second worker writes between the first one's read and write, and responses are lost, both at random. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void twoWorkersThatCountAtTheSameTimeLoseNothing(long seed) {
        Random random = new Random(seed);
        DownloadUses second = worker();
        int[] counted = new int[3];
        for (int i = 0; i < 200; i++) {
            int item = random.nextInt(3);
            String id = "first-" + i;
            boolean[] interrupted = {random.nextBoolean()};

            uses.change(KEY, recorded -> {
                if (interrupted[0]) {
                    interrupted[0] = false;
                    disturb(random);
                    int other = random.nextInt(3);
                    use(second, other, "second-" + id, NOON);
                    counted[other]++;
                    disturb(random);
                }
                return recorded.withUse(item, id, NOON);
            });
            counted[item]++;
        }

        assertThat(worker().find(KEY).items())
                .extracting(ItemUse::count)
                .containsExactly(counted[0], counted[1], counted[2]);
    }

    private void disturb(Random random) {
        if (s3.troubles.isEmpty() && random.nextInt(3) > 0) {
            s3.troubles.add(random.nextBoolean() ? Trouble.ANSWER_LOST : Trouble.CONFLICT);
        }
    }

    @Test
    void changeFailsIfOthersChangeTheRecordAtEachAttempt() {
        assertThatThrownBy(() -> uses.change(KEY, recorded -> {
                    use(worker(), 0, UUID.randomUUID().toString(), NOON);
                    return recorded.withUse(0, "ours", NOON);
                }))
                .isInstanceOf(LedgerContentionException.class);
        assertThat(uses.find(KEY).item(0).recent()).doesNotContain("ours");
    }

    @Test
    void everyFieldIsStored() {
        DownloadUse all = DownloadUse.NONE
                .withUse(0, "a", NOON)
                .withItem(0, ItemUse::withDownloadAnnounced)
                .withItem(0, ItemUse::withExhaustionAnnounced)
                .withConfirmation(NOON)
                .withReminder(NOON.plusSeconds(1))
                .withExpiryAnnounced();

        uses.change(KEY, it -> all);

        assertThat(worker().find(KEY)).isEqualTo(all);
    }

    @Test
    void fieldsOfOtherReleasesAreIgnoredAndMissingOnesHaveDefaults() {
        s3.put(OBJECT);
        s3.objects.put(OBJECT, "{\"later\":1,\"items\":[{\"count\":3}]}".getBytes(StandardCharsets.US_ASCII));

        assertThat(uses.find(KEY).item(0)).isEqualTo(new ItemUse(3, null, null, List.of(), false, false));
        assertThat(uses.find(KEY).expiryAnnounced()).isFalse();
    }
}
