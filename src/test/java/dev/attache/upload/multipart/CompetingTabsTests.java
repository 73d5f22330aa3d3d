package dev.attache.upload.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.UploadTerms;
import dev.attache.ledger.UploadFile.MultipartUpload;
import dev.attache.storage.multipart.MultipartObjects;
import dev.attache.upload.multipart.Tab.Shown;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several tabs, or several people with the same link, that send files at the same time. */
class CompetingTabsTests extends MultipartTestBase {

    private static final String ONE = "aaaabbbbcccc1";

    private static final String OTHER = "aaaaddddeeee2";

    @Test
    void ofTwoFilesOfEqualSizeSentByTurnsTheObjectIsOneByteForByte() {
        openForOneFile();
        Tab first = tab("one", ONE);
        Tab second = tab("two", OTHER);

        while (first.shown == null || second.shown == null) {
            first.step();
            second.step();
        }

        assertThat(first.sentParts).isEqualTo(second.sentParts).isEqualTo(4);
        assertThat(object(KEY)).isEqualTo(ONE);
        assertThat(first.shown).isEqualTo(Shown.RECORDED);
        assertThat(second.shown).isEqualTo(Shown.OTHER_ARRIVED);
    }

    @Test
    void theTabOfAFileThatBeginsDifferentlyLearnsThatAnotherOneHasArrived() {
        openForOneFile();
        tab("one", ONE).sendAll();
        Tab other = tab("two", "zzzzbbbbcccc1");

        other.sendAll();

        assertThat(other.shown).isEqualTo(Shown.OTHER_ARRIVED);
        assertThat(other.sentParts).isZero();
    }

    @Test
    void theFirstCompletionWinsAndTheOtherMultipartUploadIsAborted() {
        openForOneFile();
        Tab first = tab("one", ONE, 1);
        Tab second = tab("two", OTHER, 2);
        first.sendParts(4);
        second.sendParts(4);

        second.step();
        first.sendAll();

        assertThat(second.shown).isEqualTo(Shown.RECORDED);
        assertThat(first.shown).isEqualTo(Shown.OTHER_ARRIVED);
        assertThat(object(KEY)).isEqualTo(OTHER);
        assertThat(s3.pending).isEmpty();
        assertThat(file(1).multiparts()).hasSize(1);
    }

    /** A laptop wakes up after another tab has taken its multipart upload over, with another file. */
    @Test
    void afterAPartWasReplacedByAnotherTabTheFileIsSentAgain() {
        openForOneFile();
        Tab asleep = tab("one", ONE);
        asleep.sendParts(2);
        clock.advance(InterruptedMultiparts.IDLE);
        Tab other = tab("two", OTHER);
        other.sendParts(3);
        asleep.sendParts(1);

        other.sendAll();
        asleep.sendAll();

        assertThat(other.starts).isEqualTo(2);
        assertThat(other.shown).isEqualTo(Shown.RECORDED);
        assertThat(object(KEY)).isEqualTo(OTHER);
        assertThat(s3.pending).isEmpty();
    }

    @Test
    void aPartThatIsReplacedDuringTheCompletionIsNoticedByS3() {
        openForOneFile();
        Tab tab = tab("one", ONE);
        tab.sendParts(4);
        MultipartUpload multipart = file(1).multiparts().getFirst();
        var listed = s3.parts(new ObjectRef("attache", KEY, null), multipart.uploadId())
                .orElseThrow();
        s3.putPart(multipart.uploadId(), 2, "bbbX".getBytes(StandardCharsets.UTF_8));

        var completion = s3.complete(new ObjectRef("attache", KEY, null), multipart.uploadId(), ONE.length(), listed);

        assertThat(completion).isEqualTo(MultipartObjects.Completion.PARTS_CHANGED);
        tab.sendAll();
        assertThat(tab.shown).isEqualTo(Shown.RECORDED);
        assertThat(object(KEY)).isEqualTo(ONE);
    }

    @Test
    void twoFilesOfARequestForTwoHaveTheirOwnKeys() {
        open(new UploadTerms(List.of("application/pdf"), 1000, null, null, null, 2));
        Tab first = tab("one", ONE, 1);
        Tab second = tab("two", OTHER, 2);

        while (first.shown == null || second.shown == null) {
            first.step();
            second.step();
        }

        assertThat(first.shown).isEqualTo(Shown.RECORDED);
        assertThat(second.shown).isEqualTo(Shown.RECORDED);
        assertThat(object(KEY)).isEqualTo(ONE);
        assertThat(object(KEY.replaceAll("1$", "2"))).isEqualTo(OTHER);
    }

    @Test
    void aMissingPartIsSentWhenTheTabStartsAgain() {
        openForOneFile();
        Tab tab = tab("one", ONE);
        tab.sendParts(4);
        s3.pending.values().iterator().next().parts().remove(3);

        tab.sendAll();

        assertThat(tab.sentParts).isEqualTo(5);
        assertThat(tab.shown).isEqualTo(Shown.RECORDED);
    }

    @Test
    void aCompletionCanBeRepeated() {
        openForOneFile();
        Tab tab = tab("one", ONE);
        tab.sendAll();
        MultipartUpload multipart = file(1).multiparts().getFirst();
        String checksum = s3.objects.get(KEY).checksum();

        var again = worker.completion().complete(recorded(), 1, multipart.uploadId(), checksum);

        assertThat(again).isInstanceOf(MultipartCompletion.Result.Recorded.class);
        assertThat(((MultipartCompletion.Result.Recorded) again).receipt().files())
                .hasSize(1);
    }

    @Test
    void aCompletionOfAnotherFileIsNotRepeated() {
        openForOneFile();
        tab("one", ONE).sendAll();
        MultipartUpload multipart = file(1).multiparts().getFirst();

        var other = worker.completion().complete(recorded(), 1, multipart.uploadId(), "AAAA-4");

        assertThat(other).isInstanceOf(MultipartCompletion.Result.OtherArrived.class);
    }
}
