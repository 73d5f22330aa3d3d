package dev.attache.upload.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.OpenUpload.Arrival;
import dev.attache.ledger.UploadEnd.Decline;
import dev.attache.ledger.UploadFile;
import dev.attache.ledger.UploadFile.MultipartUpload;
import dev.attache.upload.ChosenFile;
import dev.attache.upload.multipart.Tab.Shown;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file that one person sends in parts, with interruptions. */
class ResumedMultipartTests extends MultipartTestBase {

    private static final String FILE = "aaaabbbbccccdd";

    @BeforeEach
    void open() {
        openForOneFile();
    }

    @Test
    void aFileIsSentInPartsAndRecorded() {
        Tab tab = tab("one", FILE);

        tab.sendAll();

        assertThat(tab.shown).isEqualTo(Shown.RECORDED);
        assertThat(object(KEY)).isEqualTo(FILE);
        Arrival arrival = file(1).arrival();
        assertThat(arrival).isNotNull();
        assertThat(arrival.contentLength()).isEqualTo(FILE.length());
        assertThat(arrival.fileName()).isEqualTo("report.pdf");
    }

    @Test
    void theObjectGetsWhatASinglePutWouldState() {
        tab("one", FILE).sendAll();

        var created = s3.objects.get(KEY).request();
        assertThat(created.contentType()).isEqualTo("application/pdf");
        assertThat(created.metadata())
                .containsEntry("request-id", "r-1")
                .containsEntry("file-name", "report.pdf")
                .containsEntry("file-id", file(1).fileId());
        assertThat(created.checksumAlgorithmAsString()).isEqualTo("SHA256");
    }

    @Test
    void aMultipartUploadIsRecordedBeforeAPartIsSigned() {
        Tab tab = tab("one", FILE);

        tab.step();

        assertThat(file(1).multiparts())
                .extracting(MultipartUpload::uploadId)
                .containsExactlyElementsOf(s3.pending.keySet());
    }

    @Test
    void afterAReloadOnlyTheRestIsSent() {
        Tab tab = tab("one", FILE);
        tab.sendParts(2);

        tab.reload();
        tab.sendAll();

        assertThat(tab.shown).isEqualTo(Shown.RECORDED);
        assertThat(tab.sentParts).isEqualTo(4);
        assertThat(object(KEY)).isEqualTo(FILE);
    }

    @Test
    void anotherTabContinuesWhenNothingWasStoredForTwoMinutes() {
        Tab tab = tab("one", FILE);
        tab.sendParts(2);
        clock.advance(InterruptedMultiparts.IDLE);

        tab.reopenAs("two");
        tab.sendAll();

        assertThat(tab.shown).isEqualTo(Shown.RECORDED);
        assertThat(tab.sentParts).isEqualTo(4);
    }

    @Test
    void anotherTabStartsItsOwnWhileTheFirstIsSending() {
        Tab first = tab("one", FILE);
        first.sendParts(2);
        clock.advance(InterruptedMultiparts.IDLE.minusSeconds(1));
        Tab second = tab("two", FILE);

        second.sendAll();

        assertThat(second.sentParts).isEqualTo(4);
        assertThat(second.shown).isEqualTo(Shown.RECORDED);
    }

    @Test
    void anotherFileOfTheSameNameAndSizeStartsItsOwn() {
        Tab first = tab("one", FILE, 1);
        first.sendParts(2);
        clock.advance(Duration.ofHours(1));

        tab("one", "xxxxyyyyzzzzww", 1).sendAll();

        assertThat(object(KEY)).isEqualTo("xxxxyyyyzzzzww");
    }

    @Test
    void aMultipartUploadThatTheLifecycleRuleAbortedIsStartedAgain() {
        Tab tab = tab("one", FILE);
        tab.sendParts(2);
        s3.pending.clear();

        tab.reload();
        tab.sendAll();

        assertThat(tab.shown).isEqualTo(Shown.RECORDED);
        assertThat(object(KEY)).isEqualTo(FILE);
        assertThat(file(1).multiparts()).hasSize(1);
    }

    @Test
    void aFileThatHasArrivedIsNotSentAgain() {
        tab("one", FILE).sendAll();
        Tab again = tab("two", FILE);

        again.sendAll();

        assertThat(again.shown).isEqualTo(Shown.ARRIVED_BEFORE);
        assertThat(again.sentParts).isZero();
    }

    @Test
    void manyTabsLeaveNoMoreThanTheLimitAndTheIdleOneIsAborted() {
        IntStream.range(0, Multiparts.MOST)
                .forEach(i -> tab("tab " + i, "aaaabbbbccccd" + i, i).sendParts(1));
        String oldest = s3.pending.keySet().iterator().next();
        clock.advance(InterruptedMultiparts.IDLE.plusSeconds(1));

        Tab next = tab("next", FILE, 99);
        next.sendAll();

        assertThat(next.shown).isEqualTo(Shown.RECORDED);
        assertThat(s3.pending).doesNotContainKey(oldest).isEmpty();
    }

    @Test
    void aTabWaitsWhileAsManyOthersAreSending() {
        IntStream.range(0, Multiparts.MOST)
                .forEach(i -> tab("tab " + i, "aaaabbbbccccd" + i, i).sendParts(1));

        var result = worker.starts().start(recorded(), request("next"));

        assertThat(result).isInstanceOf(MultipartStart.Result.Busy.class);
        assertThat(s3.pending).hasSize(Multiparts.MOST);
    }

    private static MultipartStart.Request request(String tab) {
        return new MultipartStart.Request(
                new ChosenFile("report.pdf", "application/pdf", FILE.length(), 99L),
                S3InMemory.sha256(new byte[] {1}),
                tab);
    }

    @Test
    void afterTheEndOfTheUploadNoPartIsSigned() {
        Tab tab = tab("one", FILE);
        tab.sendParts(2);
        ledger.change(ID, upload -> upload.withDecline(new Decline(null, NOW, null)));

        tab.sendAll();

        assertThat(tab.shown).isEqualTo(Shown.CLOSED);
        assertThat(file(1)).extracting(UploadFile::arrival).isNull();
    }
}
