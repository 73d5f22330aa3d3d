package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.Recipient;
import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3.Trouble;
import dev.attache.ledger.objects.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenUploadChangesTests extends OpenUploadsTestBase {

    @Test
    void changedUploadIsWrittenAndReturned() {
        uploads.open(upload);
        OpenUpload.Arrival arrival = new OpenUpload.Arrival(
                "uploads/crm/1/a.pdf",
                "v1",
                "abc",
                "0055AED6DCD90281E5",
                12,
                "application/pdf",
                Instant.parse("2026-11-21T10:00:00.5Z"),
                null);

        OpenUpload changed =
                uploads.change(ID, it -> UploadBuilder.arrived(it.withFile(Uploads.file("a.pdf")), arrival));

        assertThat(changed).isEqualTo(UploadBuilder.arrived(upload.withFile(Uploads.file("a.pdf")), arrival));
        assertThat(uploads.find(ID)).contains(changed);
    }

    @Test
    void unchangedUploadIsNotWritten() {
        uploads.open(upload);
        s3.troubles.add(Trouble.UNAVAILABLE);

        assertThat(uploads.change(ID, it -> it)).isEqualTo(upload);
        assertThat(s3.troubles).hasSize(1);
    }

    @Test
    void changeIsNotAppliedTwiceWhenTheResponseToTheWriteWasLost() {
        uploads.open(upload);
        s3.troubles.add(Trouble.ANSWER_LOST);
        AtomicInteger applied = new AtomicInteger();

        OpenUpload changed = uploads.change(ID, it -> it.withFile(Uploads.file("n" + applied.incrementAndGet())));

        assertThat(applied).hasValue(1);
        assertThat(changed.files()).containsExactly(Uploads.file("n1"));
    }

    @Test
    void changeIsAppliedAgainAfterAConcurrentChange() {
        uploads.open(upload);
        AtomicInteger applied = new AtomicInteger();

        OpenUpload changed = uploads.change(ID, it -> {
            if (applied.incrementAndGet() == 1) {
                uploads.change(ID, other -> other.withFile(Uploads.file("other")));
            }
            return UploadBuilder.arrived(
                    it, new OpenUpload.Arrival("k", null, "e", null, 1, "t/t", Instant.EPOCH, null));
        });

        assertThat(applied).hasValue(2);
        assertThat(changed.files()).hasSize(2).contains(Uploads.file("other"));
        assertThat(changed.arrived()).extracting(UploadFile::key).containsExactly("k");
    }

    @Test
    void noConcurrentChangeIsLost() throws Exception {
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

    private static OpenUpload notifying(OpenUpload it, String address) {
        List<Recipient> all = new ArrayList<>(it.toNotify());
        all.add(new Recipient(address));
        return UploadBuilder.from(it).toNotify(all).build();
    }
}
