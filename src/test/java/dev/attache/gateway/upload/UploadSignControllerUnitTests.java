package dev.attache.gateway.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.UploadTerms;
import dev.attache.gateway.OneSource;
import dev.attache.ledger.UploadBuilder;
import dev.attache.ledger.UploadFile;
import dev.attache.link.UploadTarget;
import dev.attache.upload.ChosenFile;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.ResultActions;

class UploadSignControllerUnitTests extends UploadSignTestBase {

    private static final String ID = new ChosenFile("Contract.pdf", "application/pdf", 4200, null).id();

    @Test
    void anAllowedFileGetsALink() throws Exception {
        sign(PDF)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.url").value(fixture.signer.url))
                .andExpect(jsonPath("$.method").value("PUT"))
                .andExpect(jsonPath("$.headers['content-type']").value("application/pdf"))
                .andExpect(jsonPath("$.headers['if-none-match']").value("*"))
                .andExpect(jsonPath("$.expiresAt").value("2026-11-21T09:05:00Z"))
                .andExpect(header().string("Cache-Control", "no-store"));

        assertThat(fixture.signer.signed)
                .isEqualTo(new UploadTarget(
                        new ObjectRef("files", KEY, null),
                        "application/pdf",
                        4200,
                        null,
                        "contract-4711",
                        "Contract.pdf",
                        OneSource.STORAGE,
                        ID));
        assertThat(fixture.ledger.upload.files())
                .containsExactly(
                        UploadFile.signed(1, "Contract.pdf", KEY, "application/pdf", 4200, ID, UploadPageFixture.NOW));
    }

    @Test
    void theSameFileIsSignedAgainButNotRecordedAgain() throws Exception {
        sign(PDF).andExpect(status().isOk());
        sign(PDF).andExpect(status().isOk());

        assertThat(fixture.ledger.writes).isEqualTo(1);
    }

    @Test
    void theFileNameAndChecksumOfTheRequestTakePrecedence() throws Exception {
        fixture = new UploadPageFixture(
                new UploadTerms(List.of("application/pdf"), 5000, 4200L, "signed.pdf", "ab".repeat(32)));

        sign(PDF).andExpect(status().isOk());

        assertThat(fixture.signer.signed).isNotNull().satisfies(target -> {
            assertThat(target.object().key()).isEqualTo(KEY);
            assertThat(target.fileName()).isEqualTo("signed.pdf");
            assertThat(target.sha256()).isEqualTo("ab".repeat(32));
        });
        assertThat(fixture.ledger.upload.files()).extracting(UploadFile::name).containsExactly("signed.pdf");
    }

    @Test
    void theServerChoosesTheObjectKey() throws Exception {
        sign("{\"name\":\"../../other/\\u202Efdp.pdf\",\"size\":1,\"type\":\"application/pdf\"}")
                .andExpect(status().isOk());

        assertThat(fixture.signer.signed).isNotNull().satisfies(target -> {
            assertThat(target.object().key()).isEqualTo(KEY);
            assertThat(target.fileName()).isEqualTo("fdp.pdf");
        });
    }

    @Test
    void allLinksOfAnUploadAreForOneKey() throws Exception {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 110; i++) {
            sign(PDF.replace("Contract", "File" + i)).andExpect(status().isOk());
            keys.add(Objects.requireNonNull(fixture.signer.signed).object().key());
        }

        assertThat(keys).containsExactly(KEY);
    }

    @Test
    void afterARefusedFileTheNextKeyIsUsed() throws Exception {
        fixture.ledger.upload = fixture.ledger.upload.withFile(
                UploadBuilder.file("Contract.pdf", KEY, "application/pdf", 9).asRefused());
        fixture.files.add(KEY, "Contract.pdf", 9);

        sign(PDF).andExpect(status().isOk());

        assertThat(Objects.requireNonNull(fixture.signer.signed).object().key())
                .isEqualTo("uploads/crm/" + UploadPageFixture.ID + "/2");
        assertThat(fixture.ledger.upload.files())
                .extracting(UploadFile::wasRefused)
                .containsExactly(true, false);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        notes.md  |                          | text/markdown
        notes.md  | -                        | text/markdown
        IMG_1.HEIC |                         | image/heic
        scan.png  | application/octet-stream | image/png
        scan.JPEG | IMAGE/JPEG               | image/jpeg
        a.pdf     | application/pdf; v=1     | application/pdf
        """)
    void aTypeUnknownToTheBrowserIsDerivedFromTheName(String name, String type, String signed) throws Exception {
        String reported = type == null ? "" : ",\"type\":\"" + type + "\"";

        sign("{\"name\":\"" + name + "\",\"size\":1" + reported + "}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.headers['content-type']").value(signed));
    }

    @Test
    void anUnknownUploadIsNotFound() throws Exception {
        assertProblem(
                fixture.browser()
                        .perform(post("/u/" + "f".repeat(32) + "/sign")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(PDF)),
                404,
                "UNKNOWN_UPLOAD");
    }

    @Test
    void credentialsThatExpireTooSoonAreRetryable() throws Exception {
        fixture.signer.credentialsExpireTooSoon = true;

        sign(PDF)
                .andExpect(status().isServiceUnavailable())
                .andExpect(header().string("Retry-After", "10"))
                .andExpect(jsonPath("$.code").value("TRY_AGAIN"));
    }

    @ParameterizedTest
    @MethodSource("dev.attache.gateway.upload.LedgerFailures#temporary")
    void aTemporaryLedgerFailureIsRetryable(RuntimeException failure) throws Exception {
        fixture.ledger.failure = failure;

        ResultActions answer = sign(PDF);

        assertProblem(answer, 503, "TRY_AGAIN");
        answer.andExpect(header().string("Retry-After", "10"));
    }

    @ParameterizedTest
    @MethodSource("dev.attache.gateway.upload.LedgerFailures#permanent")
    void aPermanentLedgerFailureIsRetryableToo(RuntimeException failure) throws Exception {
        fixture.ledger.failure = failure;

        ResultActions answer = sign(PDF);

        assertProblem(answer, 503, "TRY_AGAIN");
        answer.andExpect(header().string("Retry-After", "10"));
    }
}
