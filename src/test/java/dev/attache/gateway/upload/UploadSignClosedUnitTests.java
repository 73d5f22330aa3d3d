package dev.attache.gateway.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.attache.ledger.OpenUpload.Arrival;
import dev.attache.ledger.UploadBuilder;
import dev.attache.ledger.UploadFile;
import dev.attache.upload.ChosenFile;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uploads that accept no file (any more). */
class UploadSignClosedUnitTests extends UploadSignTestBase {

    @Test
    void anUploadThatHasArrivedAcceptsNoOtherFile() throws Exception {
        fixture.ledger.upload = UploadBuilder.arrived(
                fixture.ledger.upload,
                new Arrival(KEY, null, "etag", null, 4200, "application/pdf", UploadPageFixture.NOW, null));

        assertRefused(PDF, 409, "ALREADY_ARRIVED");
    }

    @ParameterizedTest
    @CsvSource({"Other.pdf, 4200", "Contract.pdf, 4201"})
    void aFileOtherThanTheArrivedOneIsReportedAsNotSent(String name, long size) throws Exception {
        fixture.ledger.upload = UploadBuilder.arrived(
                fixture.ledger.upload,
                new Arrival(KEY, null, "etag", null, size, "application/pdf", UploadPageFixture.NOW, name));

        assertRefused(PDF, 409, "OTHER_ARRIVED");
    }

    @Test
    void aStoredFileWhoseEventHasNotArrivedBlocksOtherFiles() throws Exception {
        sign(PDF).andExpect(status().isOk());
        fixture.files.add(KEY, "Contract.pdf", 4200);

        assertRefused(PDF.replace("Contract", "Other"), 409, "OTHER_ARRIVED");

        assertThat(fixture.ledger.upload.arrived()).extracting(UploadFile::key).containsExactly(KEY);
    }

    @Test
    void aFileThatWasSignedButNotSentCanBeReplaced() throws Exception {
        sign(PDF).andExpect(status().isOk());

        sign(PDF.replace("Contract", "Other")).andExpect(status().isOk());

        assertThat(fixture.ledger.upload.files()).extracting(UploadFile::name).containsExactly("Other.pdf");
    }

    @Test
    void aStoredFileIsNotSignedAgain() throws Exception {
        sign(PDF).andExpect(status().isOk());
        fixture.files.add(KEY, "Contract.pdf", 4200);

        assertRefused(PDF, 409, "ALREADY_ARRIVED");
    }

    @Test
    void filesOfTheSameNameSizeAndTimeAreToldApartByTheirContent() throws Exception {
        String one = PDF.replace("}", ",\"lastModified\":1,\"firstPart\":\"one\"}");
        String other = one.replace("\"one\"", "\"other\"");
        sign(one).andExpect(status().isOk());
        fixture.files.add(
                KEY, "Contract.pdf", 4200, new ChosenFile("Contract.pdf", "application/pdf", 4200, 1L, "one").id());

        assertRefused(other, 409, "OTHER_ARRIVED");
        assertRefused(one, 409, "ALREADY_ARRIVED");
    }

    @Test
    void anExpiredUploadAcceptsNoFile() throws Exception {
        fixture.wait(Duration.ofDays(1));

        assertRefused(PDF, 410, "LINK_EXPIRED");
    }

    @Test
    void aRevokedUploadAcceptsNoFile() throws Exception {
        fixture.ledger.revoked = true;
        fixture.wait(Duration.ofDays(1));

        assertRefused(PDF, 410, "UPLOAD_REVOKED");
    }

    @Test
    void afterTooManyRefusedFilesTheUploadIsClosed() throws Exception {
        fixture.ledger.upload = fixture.ledger.upload.withFile(
                UploadBuilder.file("Contract.pdf", "uploads/crm/" + UploadPageFixture.ID + "/100", "application/pdf", 9)
                        .asRefused());

        assertRefused(PDF, 410, "LINK_EXPIRED");
    }

    @Test
    void anArrivedFileWithAKeyOfAnEarlierReleaseIsFound() throws Exception {
        String earlier = "uploads/crm/" + UploadPageFixture.ID + "/Contract.pdf";
        fixture.ledger.upload =
                fixture.ledger.upload.withFile(UploadBuilder.file("Contract.pdf", earlier, "application/pdf", 4200));
        sign(PDF).andExpect(status().isOk());
        fixture.ledger.upload =
                fixture.ledger.upload.withFile(UploadBuilder.file("Contract.pdf", earlier, "application/pdf", 4200));
        fixture.files.add(earlier, null, 4200);

        assertRefused(PDF, 409, "ALREADY_ARRIVED");
    }
}
