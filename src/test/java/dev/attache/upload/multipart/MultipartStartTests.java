package dev.attache.upload.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.attache.contract.value.UploadTerms;
import dev.attache.intake.OnePolicy;
import dev.attache.link.SignedLink;
import dev.attache.upload.ChosenFile;
import dev.attache.upload.UploadsOfAPage;
import dev.attache.upload.multipart.PartLinks.DuePart;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large files, by their sizes only. */
class MultipartStartTests extends MultipartTestBase {

    private static final String HASH = S3InMemory.sha256(new byte[] {1});

    private static final long GIB = 1L << 30;

    private final MultipartStart starts =
            new MultipartStart(new UploadsOfAPage(ledger, s3, clock).slots, ledger, s3, OnePolicy.SOURCES, clock);

    @ParameterizedTest
    @ValueSource(longs = {5 * GIB + 1, 100 * GIB, 5L << 40})
    void aFileLargerThanASinglePutCanBeSent(long size) {
        open(new UploadTerms(List.of("application/pdf"), 5L << 40, null, null, null));

        var result = starts.start(recorded(), request(size));

        assertThat(result).isInstanceOfSatisfying(MultipartStart.Result.Ready.class, ready -> {
            PartPlan plan = PartPlan.of(ready.multipart());
            assertThat(plan).isEqualTo(PartPlan.of(size));
            SignedLink last = signed(ready, plan.count());
            assertThat(last.headers()).containsEntry("content-length", String.valueOf(plan.size(plan.count())));
            assertThat(last.headers()).containsEntry("x-amz-checksum-sha256", HASH);
        });
    }

    private SignedLink signed(MultipartStart.Result.Ready ready, int part) {
        var signed = (PartLinks.Result.Signed) worker.links()
                .sign(recorded(), ready.number(), ready.multipart().uploadId(), List.of(new DuePart(part, HASH)));
        return signed.parts().getFirst().link();
    }

    @Test
    void aFileLargerThanS3StoresIsRefused() {
        open(new UploadTerms(List.of("application/pdf"), Long.MAX_VALUE, null, null, null));

        assertThatIllegalArgumentException().isThrownBy(() -> starts.start(recorded(), request((5L << 40) + 1)));
    }

    @Test
    void aFileWhoseSha256IsRequestedIsSentWhole() {
        open(new UploadTerms(List.of("application/pdf"), 5 * GIB, null, null, "ab".repeat(32)));

        var result = starts.start(recorded(), request(GIB));

        assertThat(result).isInstanceOf(MultipartStart.Result.OnlyWhole.class);
        assertThat(s3.pending).isEmpty();
    }

    @Test
    void partsThatTheFileDoesNotHaveAreNotSigned() {
        openForOneFile();
        var ready = (MultipartStart.Result.Ready) starts.start(recorded(), request(900));

        assertThatIllegalArgumentException().isThrownBy(() -> signed(ready, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> signed(ready, 0));
    }

    @Test
    void twentyPartsAreSignedAtOnceAndNoMore() {
        open(new UploadTerms(List.of("application/pdf"), GIB, null, null, null));
        var ready = (MultipartStart.Result.Ready) starts.start(recorded(), request(GIB));
        String uploadId = ready.multipart().uploadId();

        var twenty = worker.links().sign(recorded(), 1, uploadId, Collections.nCopies(20, new DuePart(1, HASH)));

        assertThat(((PartLinks.Result.Signed) twenty).parts()).hasSize(20);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        worker.links().sign(recorded(), 1, uploadId, Collections.nCopies(21, new DuePart(1, HASH))));
    }

    @Test
    void unknownMultipartUploadsAreNotSigned() {
        openForOneFile();
        starts.start(recorded(), request(900));

        assertThat(worker.links().sign(recorded(), 1, "another", List.of(new DuePart(1, HASH))))
                .isInstanceOf(PartLinks.Result.Unknown.class);
        assertThat(worker.links().sign(recorded(), 7, "multipart-1", List.of(new DuePart(1, HASH))))
                .isInstanceOf(PartLinks.Result.Unknown.class);
    }

    private static MultipartStart.Request request(long size) {
        return new MultipartStart.Request(new ChosenFile("disk.img", "application/pdf", size, 1L), HASH, "tab");
    }
}
