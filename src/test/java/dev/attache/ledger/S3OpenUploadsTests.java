package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attache.ledger.objects.InMemoryS3.Trouble;
import dev.attache.ledger.objects.LedgerContentionException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3OpenUploadsTests extends OpenUploadsTestBase {

    @Test
    void openingAnUploadWritesItsRecordItsMarkerAndItsPage() {
        assertThat(uploads.open(upload)).isEqualTo(upload);

        assertThat(s3.objects)
                .containsOnlyKeys("ledger/uploads/" + ID + ".json", "ledger/due/20261122T0900/" + ID, page(KEY));
        assertThat(uploads.find(ID)).contains(upload);
        assertThat(uploads.findByPage(upload.pageId())).contains(upload);
    }

    @Test
    void redeliveredEventFindsTheUploadOfTheFirst() {
        uploads.open(upload);

        OpenUpload again = uploads.open(Uploads.upload(ID));

        assertThat(again).isEqualTo(upload);
        assertThat(s3.objects).hasSize(3);
    }

    @Test
    void redeliveryWritesTheMarkerThatACrashPrevented() {
        uploads.open(upload);
        s3.objects.remove("ledger/due/20261122T0900/" + ID);

        uploads.open(Uploads.upload(ID));

        assertThat(s3.objects).containsKey("ledger/due/20261122T0900/" + ID);
    }

    @Test
    void uploadWhoseFileHasArrivedGetsNoNewMarker() {
        uploads.open(upload);
        uploads.change(
                ID,
                it -> UploadBuilder.arrived(
                        it, new OpenUpload.Arrival("k", null, "e", null, 1, "t/t", Instant.EPOCH, null)));
        s3.objects.remove("ledger/due/20261122T0900/" + ID);

        uploads.open(Uploads.upload(ID));

        assertThat(s3.objects).hasSize(2);
    }

    @Test
    void recordIsReadBackWhenTheResponseToTheWriteWasLost() {
        s3.troubles.add(Trouble.ANSWER_LOST);

        assertThat(uploads.open(upload)).isEqualTo(upload);
    }

    @Test
    void conflictIsRetriedAfterAPause() {
        s3.troubles.addAll(List.of(Trouble.CONFLICT, Trouble.CONFLICT));

        assertThat(uploads.open(upload)).isEqualTo(upload);
        assertThat(pauses).hasValue(2);
    }

    @Test
    void repeatedConflictsFailWithoutThePageIdInTheMessage() {
        s3.troubles.addAll(Collections.nCopies(8, Trouble.CONFLICT));

        assertThatExceptionOfType(LedgerContentionException.class)
                .isThrownBy(() -> uploads.open(upload))
                .withMessageContaining("409")
                .withMessageNotContaining(upload.pageId());
    }

    @Test
    void errorOfS3IsThrownUnchanged() {
        s3.troubles.add(Trouble.UNAVAILABLE);

        assertThatThrownBy(() -> uploads.open(upload)).isInstanceOf(S3Exception.class);
    }

    @Test
    void unknownUploadIsAbsent() {
        assertThat(uploads.find(ID)).isEmpty();
        assertThat(uploads.findByPage(upload.pageId())).isEmpty();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> uploads.change(ID, it -> it));
    }

    @Test
    void unknownFieldIsIgnored() {
        uploads.open(upload);
        s3.objects.computeIfPresent(
                "ledger/uploads/" + ID + ".json",
                (key, content) -> new String(content, StandardCharsets.UTF_8)
                        .replaceFirst("\\{", "{\"later\":1,")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(uploads.find(ID)).contains(upload);
    }
}
