package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.contract.value.Recipient;
import dev.attache.ledger.keys.Keys;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.ledger.objects.InMemoryS3.Trouble;
import dev.attache.ledger.objects.LedgerContentionException;
import dev.attache.ledger.objects.Pause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3OpenUploadsTests {

    private static final UUID ID = UUID.fromString("6d1f3a0e-8f0c-5b53-9c8e-2c8f6a3d41b7");

    private static final Keys.Key KEY = new Keys.Key("now", new byte[32]);

    private static final Keys KEYS = Keys.of(List.of(KEY));

    private final InMemoryS3 s3 = new InMemoryS3();

    private final AtomicInteger pauses = new AtomicInteger();

    private final Pause pause = attempt -> pauses.incrementAndGet();

    private final S3DueUploads due = new S3DueUploads(s3, "attachments", "ledger/");

    private final S3OpenUploads uploads =
            new S3OpenUploads(new ConditionalObjects(s3, "attachments", pause), due, KEYS, "ledger/", pause);

    private final OpenUpload upload = Uploads.upload(ID);

    @Test
    void recordsAnUploadWhenItIsDueAndItsPage() {
        assertThat(uploads.open(upload)).isEqualTo(upload);

        assertThat(s3.objects)
                .containsOnlyKeys("ledger/uploads/" + ID + ".json", "ledger/due/20261122T0900/" + ID, page(KEY));
        assertThat(uploads.find(ID)).contains(upload);
        assertThat(uploads.findByPage(upload.pageId())).contains(upload);
    }

    @Test
    void aRedeliveredEventFindsWhatTheFirstRecorded() {
        uploads.open(upload);

        OpenUpload again = uploads.open(Uploads.upload(ID));

        assertThat(again).isEqualTo(upload);
        assertThat(s3.objects).hasSize(3);
    }

    @Test
    void aRedeliveryWritesThePageThatACrashLeftOut() {
        uploads.open(upload);
        s3.objects.remove(page(KEY));

        uploads.open(Uploads.upload(ID));

        assertThat(uploads.findByPage(upload.pageId())).contains(upload);
    }

    private String page(Keys.Key key) {
        return "ledger/pages/"
                + HexFormat.of().formatHex(key.hmac("page", upload.pageId().getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void noObjectsKeyHoldsThePagesId() {
        uploads.open(upload);

        assertThat(s3.objects.keySet()).isNotEmpty().noneMatch(key -> key.contains(upload.pageId()));
    }

    @Test
    void aPageIsFoundByAnOlderKeyAsLongAsThatVerifies() {
        uploads.open(upload);
        Keys.Key next = new Keys.Key("next", "n".repeat(32).getBytes(StandardCharsets.US_ASCII));

        assertThat(withKeys(next, KEY).findByPage(upload.pageId())).contains(upload);
        assertThat(withKeys(next).findByPage(upload.pageId())).isEmpty();
    }

    @Test
    void aRedeliveryMakesAPageKnownAgainWhoseKeyWasLost() {
        uploads.open(upload);
        S3OpenUploads afterTheLoss =
                withKeys(new Keys.Key("next", "n".repeat(32).getBytes(StandardCharsets.US_ASCII)));

        afterTheLoss.open(Uploads.upload(ID));

        assertThat(afterTheLoss.findByPage(upload.pageId())).contains(upload);
    }

    /** Releases before the hash wrote the page's id itself. */
    private void openAsBeforeHashes() {
        uploads.open(upload);
        byte[] id = s3.objects.remove(page(KEY));
        s3.put("ledger/pages/" + upload.pageId());
        s3.objects.put("ledger/pages/" + upload.pageId(), id);
    }

    @Test
    void aPageOfAReleaseBeforeHashesIsFoundByItsId() {
        openAsBeforeHashes();

        assertThat(uploads.findByPage(upload.pageId())).contains(upload);
        assertThat(withKeys(new Keys.Key("next", new byte[32]), KEY).findByPage(upload.pageId()))
                .contains(upload);
    }

    @Test
    void aRedeliveryHashesThePageOfAReleaseBeforeHashes() {
        openAsBeforeHashes();

        uploads.open(Uploads.upload(ID));

        assertThat(s3.objects).containsKey(page(KEY));
    }

    @Test
    void aPageThatItsHashFindsIsNotLookedForByItsId() {
        uploads.open(upload);
        s3.asked.clear();

        assertThat(uploads.findByPage(upload.pageId())).contains(upload);

        assertThat(s3.asked).containsExactly(page(KEY), "ledger/uploads/" + ID + ".json");
    }

    @Test
    void anUnknownPageCostsOneLookForEachKeyAndOneForItsId() {
        S3OpenUploads rotated = withKeys(new Keys.Key("next", "n".repeat(32).getBytes(StandardCharsets.US_ASCII)), KEY);

        assertThat(rotated.findByPage(upload.pageId())).isEmpty();

        assertThat(s3.asked).hasSize(3).last().isEqualTo("ledger/pages/" + upload.pageId());
    }

    @Test
    void thePageOfTheNewestKeyIsFoundAtOnce() {
        Keys.Key next = new Keys.Key("next", "n".repeat(32).getBytes(StandardCharsets.US_ASCII));
        S3OpenUploads rotated = withKeys(next, KEY);
        rotated.open(upload);
        s3.gets = 0;

        assertThat(rotated.findByPage(upload.pageId())).contains(upload);

        assertThat(s3.objects).containsKey(page(next)).doesNotContainKey(page(KEY));
        assertThat(s3.gets).isEqualTo(2);
    }

    private S3OpenUploads withKeys(Keys.Key... keys) {
        return new S3OpenUploads(
                new ConditionalObjects(s3, "attachments", pause), due, Keys.of(List.of(keys)), "ledger/", pause);
    }

    @Test
    void aRedeliveryWritesTheMarkerThatACrashLeftOut() {
        uploads.open(upload);
        s3.objects.remove("ledger/due/20261122T0900/" + ID);

        uploads.open(Uploads.upload(ID));

        assertThat(s3.objects).containsKey("ledger/due/20261122T0900/" + ID);
    }

    @Test
    void whatHasArrivedIsNotDueAgain() {
        uploads.open(upload);
        uploads.change(ID, it -> it.withArrival(new OpenUpload.Arrival("k", null, "e", null, 1, "t/t", Instant.EPOCH)));
        s3.objects.remove("ledger/due/20261122T0900/" + ID);

        uploads.open(Uploads.upload(ID));

        assertThat(s3.objects).hasSize(2);
    }

    @Test
    void aRecordOfOurOwnWhoseAnswerWasLostIsReadBack() {
        s3.troubles.add(Trouble.ANSWER_LOST);

        assertThat(uploads.open(upload)).isEqualTo(upload);
    }

    @Test
    void aConflictIsTriedAgainAfterAPause() {
        s3.troubles.addAll(List.of(Trouble.CONFLICT, Trouble.CONFLICT));

        assertThat(uploads.open(upload)).isEqualTo(upload);
        assertThat(pauses).hasValue(2);
    }

    @Test
    void conflictsWithoutEndAreLeftToAnotherDelivery() {
        s3.troubles.addAll(Collections.nCopies(8, Trouble.CONFLICT));

        assertThatExceptionOfType(LedgerContentionException.class)
                .isThrownBy(() -> uploads.open(upload))
                .withMessageContaining("409")
                .withMessageNotContaining(upload.pageId());
    }

    @Test
    void whatIsTheFaultOfS3ComesOutAsItIs() {
        s3.troubles.add(Trouble.UNAVAILABLE);

        assertThatThrownBy(() -> uploads.open(upload)).isInstanceOf(S3Exception.class);
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(uploads.find(ID)).isEmpty();
        assertThat(uploads.findByPage(upload.pageId())).isEmpty();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> uploads.change(ID, it -> it));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../uploads/x",
                "0123456789abcdef0123456789abcde",
                "0123456789ABCDEF0123456789ABCDEF",
                "0123456789abcdef0123456789abcdef\n"
            })
    void whatIsNoPageIdIsNotLookedFor(String pageId) {
        assertThat(uploads.findByPage(pageId)).isEmpty();
        assertThat(s3.gets).isZero();
    }

    @Test
    void aPageIdMustHaveItsForm() {
        OpenUpload malformed = new OpenUpload(
                ID,
                "page",
                "1",
                "crm",
                null,
                null,
                "b",
                upload.terms(),
                null,
                null,
                List.of(),
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null);

        assertThatIllegalArgumentException().isThrownBy(() -> uploads.open(malformed));
    }

    @Test
    void aChangeIsWrittenAndGivenBack() {
        uploads.open(upload);
        OpenUpload.Arrival arrival = new OpenUpload.Arrival(
                "uploads/crm/1/a.pdf",
                "v1",
                "abc",
                "0055AED6DCD90281E5",
                12,
                "application/pdf",
                Instant.parse("2026-11-21T10:00:00.5Z"));

        OpenUpload changed =
                uploads.change(ID, it -> it.withFile(Uploads.file("a.pdf")).withArrival(arrival));

        assertThat(changed).isEqualTo(upload.withFile(Uploads.file("a.pdf")).withArrival(arrival));
        assertThat(uploads.find(ID)).contains(changed);
    }

    @Test
    void aChangeOfNothingWritesNothing() {
        uploads.open(upload);
        s3.troubles.add(Trouble.UNAVAILABLE);

        assertThat(uploads.change(ID, it -> it)).isEqualTo(upload);
        assertThat(s3.troubles).hasSize(1);
    }

    @Test
    void aChangeOfOurOwnWhoseAnswerWasLostIsNotAppliedTwice() {
        uploads.open(upload);
        s3.troubles.add(Trouble.ANSWER_LOST);
        AtomicInteger applied = new AtomicInteger();

        OpenUpload changed = uploads.change(ID, it -> it.withFile(Uploads.file("n" + applied.incrementAndGet())));

        assertThat(applied).hasValue(1);
        assertThat(changed.file()).isEqualTo(Uploads.file("n1"));
    }

    @Test
    void aChangeThatMeetsAnotherBeginsAgainWithIt() {
        uploads.open(upload);
        AtomicInteger applied = new AtomicInteger();

        OpenUpload changed = uploads.change(ID, it -> {
            if (applied.incrementAndGet() == 1) {
                uploads.change(ID, other -> other.withFile(Uploads.file("other")));
            }
            return it.withArrival(new OpenUpload.Arrival("k", null, "e", null, 1, "t/t", Instant.EPOCH));
        });

        assertThat(applied).hasValue(2);
        assertThat(changed.file()).isEqualTo(Uploads.file("other"));
        assertThat(changed.arrival()).isNotNull();
    }

    @Test
    void noChangeIsLostWhenManyRace() throws Exception {
        S3OpenUploads racing = new S3OpenUploads(
                new ConditionalObjects(s3, "attachments", pause),
                due,
                KEYS,
                "ledger/",
                Pause.jittered(Duration.ofMillis(2), new Random(1)));
        racing.open(upload);
        List<Callable<OpenUpload>> changes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String address = i + "@example.com";
            changes.add(() -> racing.change(ID, it -> notifying(it, address)));
        }

        try (ExecutorService executor = Executors.newFixedThreadPool(6)) {
            for (Future<OpenUpload> done : executor.invokeAll(changes)) {
                done.get();
            }
        }

        Set<String> notified = new HashSet<>();
        racing.find(ID).orElseThrow().toNotify().forEach(it -> notified.add(it.address()));
        assertThat(notified).hasSize(7);
    }

    @Test
    void aFieldOfALaterReleaseIsPassedOver() {
        uploads.open(upload);
        s3.objects.computeIfPresent(
                "ledger/uploads/" + ID + ".json",
                (key, content) -> new String(content, StandardCharsets.UTF_8)
                        .replaceFirst("\\{", "{\"later\":1,")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(uploads.find(ID)).contains(upload);
    }

    private static OpenUpload notifying(OpenUpload it, String address) {
        List<Recipient> all = new ArrayList<>(it.toNotify());
        all.add(new Recipient(address));
        return new OpenUpload(
                it.id(),
                it.pageId(),
                it.requestId(),
                it.source(),
                it.subject(),
                it.traceparent(),
                it.bucket(),
                it.terms(),
                it.recipient(),
                it.message(),
                all,
                it.createdAt(),
                it.expiresAt(),
                it.file(),
                it.arrival());
    }
}
