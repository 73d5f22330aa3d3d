package dev.attache.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.attache.contract.value.UploadTerms;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Builds that knew one file per upload wrote {@code file} and {@code arrival} instead of {@code files}. */
class UploadsOfEarlierBuildsTests extends OpenUploadsTestBase {

    private static final String NUMBERED = "uploads/crm/" + ID + "/1";

    private static final String NAMED = "uploads/crm/" + ID + "/a.pdf";

    private static final OpenUpload.Arrival ARRIVAL = new OpenUpload.Arrival(
            NUMBERED, "v1", "e1", "0A", 12, "application/pdf", Instant.parse("2026-11-21T10:00:00Z"), "a.pdf");

    private static String file(String key, String more) {
        return """
            ,"file":{"name":"a.pdf","key":"%s","contentType":"application/pdf","contentLength":12%s}\
            """.formatted(key, more);
    }

    private static String arrival() {
        return """
            ,"arrival":{"key":"%s","versionId":"v1","eTag":"e1","sequencer":"0A","contentLength":12,
             "contentType":"application/pdf","uploadedAt":"2026-11-21T10:00:00Z","fileName":"a.pdf"}\
            """.formatted(NUMBERED);
    }

    /** The upload whose record an earlier build wrote. */
    private OpenUpload recorded(String files) {
        uploads.open(upload);
        s3.objects.put("ledger/uploads/" + ID + ".json", """
            {"id":"%s","pageId":"%s","requestId":"7c1f","source":"crm","subject":"contract-4711",
             "bucket":"attachments","terms":{"contentTypes":["application/pdf"],"maxBytes":1024},
             "recipient":{"address":"ana@example.com"},"toNotify":[{"address":"bo@example.com"}],
             "createdAt":"2026-11-21T09:00:00Z","expiresAt":"2026-11-22T09:00:00Z"%s,"contentDigest":"1:ab"}\
            """.formatted(ID, upload.pageId(), files)
                .getBytes(StandardCharsets.UTF_8));
        return uploads.find(ID).orElseThrow();
    }

    private static UploadFile signed(String key) {
        return UploadFile.signed(1, "a.pdf", key, "application/pdf", 12, null, Instant.parse("2026-11-21T09:00:00Z"));
    }

    @Test
    void uploadWithoutAFileAcceptsOneAndDoesNotComplete() {
        OpenUpload read = recorded("");

        assertThat(read.files()).isEmpty();
        assertThat(read.terms()).isEqualTo(new UploadTerms(List.of("application/pdf"), 1024, null, null, null));
        assertThat(read.terms().mostFiles()).isEqualTo(1);
        assertThat(read.terms().statesFiles()).isFalse();
        assertThat(read.ended()).isFalse();
        assertThat(read.awaitedKey()).isEqualTo(NUMBERED);
        assertThat(read.contentDigest()).isEqualTo("1:ab");
    }

    @Test
    void signedFileKeepsItsKey() {
        assertThat(recorded(file(NUMBERED, "")).files()).containsExactly(signed(NUMBERED));
        assertThat(recorded(file(NAMED, "")).files()).containsExactly(signed(NAMED));
    }

    @Test
    void afterARefusedFileTheNextKeyIsUsed() {
        OpenUpload read = recorded(file(NUMBERED, ",\"refused\":true"));

        assertThat(read.files()).containsExactly(signed(NUMBERED).asRefused());
        assertThat(read.awaitedKey()).endsWith("/2");
    }

    @Test
    void arrivedFileEndsTheUpload() {
        OpenUpload read = recorded(file(NUMBERED, "") + arrival());

        assertThat(read.files()).containsExactly(signed(NUMBERED).withArrival(ARRIVAL));
        assertThat(read.ended()).isTrue();
    }

    @Test
    void arrivalOfAProgramOrWithAnotherKeyIsAFileOfItsOwn() {
        assertThat(recorded(arrival()).files())
                .extracting(UploadFile::number, UploadFile::key, UploadFile::arrival)
                .containsExactly(tuple(1, NUMBERED, ARRIVAL));
        assertThat(recorded(file(NAMED, "") + arrival()).files())
                .extracting(UploadFile::number, UploadFile::key, UploadFile::arrival)
                .containsExactly(tuple(1, NAMED, null), tuple(2, NUMBERED, ARRIVAL));
    }

    @Test
    void changedRecordIsWrittenInTheNewForm() {
        recorded(file(NUMBERED, "") + arrival());

        OpenUpload changed =
                uploads.change(ID, it -> it.withFile(it.file(1).orElseThrow().asAnnounced()));

        assertThat(uploads.find(ID)).contains(changed);
        assertThat(new String(s3.objects.get("ledger/uploads/" + ID + ".json"), StandardCharsets.UTF_8))
                .contains("\"files\":[{\"number\":1")
                .doesNotContain("\"file\":");
    }
}
