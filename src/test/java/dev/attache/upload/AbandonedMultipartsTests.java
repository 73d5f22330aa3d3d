package dev.attache.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.ObjectRef;
import dev.attache.ledger.UploadBuilder;
import dev.attache.ledger.UploadEnd.Decline;
import dev.attache.ledger.UploadFile;
import dev.attache.ledger.UploadFile.MultipartUpload;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Multipart uploads that nobody completes. */
class AbandonedMultipartsTests extends SweepTestBase {

    @Test
    void theSettlementOfAnExpiredUploadAbortsThem() {
        UUID id = open(11);
        inParts(id, 1, "first", "second");
        inParts(id, 2, "third");

        sweep();

        assertThat(multiparts.aborted).containsExactlyInAnyOrder("first", "second", "third");
        assertThat(sent).extracting(Sent::type).containsExactly("upload.expired");
    }

    @Test
    void thoseOfAnOpenUploadAreKept() {
        UUID id = open(-60);
        inParts(id, 1, "first");
        due.add(NOW.minusSeconds(3600), id);

        sweep();

        assertThat(multiparts.aborted).isEmpty();
    }

    @Test
    void theEndOfAnUploadAbortsThem() {
        UUID id = open(-60);
        inParts(id, 1, "first");
        ledger.change(id, upload -> upload.withDecline(new Decline(null, NOW, true)));
        due.add(NOW.minusSeconds(3600), id);

        sweep();

        assertThat(multiparts.aborted).containsExactly("first");
    }

    @Test
    void anotherFileThatArrivesAbortsThoseOfItsKey() {
        UUID id = open(-60);
        inParts(id, 1, "first", "second");
        inParts(id, 2, "third");
        String key = stored(id, "1", "application/pdf");

        completion.complete(ledger.find(id).orElseThrow(), new ObjectRef("attache", key, null), "0A");

        assertThat(multiparts.aborted).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void aRefusedAbortDelaysNothing() {
        UUID id = open(11);
        inParts(id, 1, "first");
        multiparts.refused = true;

        sweep();

        assertThat(sent).extracting(Sent::type).containsExactly("upload.expired");
        assertThat(due.until(NOW, 10)).isEmpty();
    }

    private void inParts(UUID id, int number, String... uploadIds) {
        UploadFile file = UploadBuilder.file("a.pdf", "uploads/crm/" + id + "/" + number, "application/pdf", 500);
        for (String uploadId : uploadIds) {
            file = file.withMultipart(new MultipartUpload(uploadId, "id", "print", "tab", NOW, 500, 8 << 20));
        }
        UploadFile sending = file;
        ledger.change(id, upload -> upload.withFile(sending));
    }
}
