package dev.attache.gateway.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.attache.contract.value.UploadTerms;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.ResultActions;

class UploadReceiptControllerUnitTests extends UploadSignTestBase {

    private static final UploadTerms THREE_FILES =
            new UploadTerms(List.of("application/pdf"), 25_000_000, null, null, null, 3);

    private static final String SENT = PDF.replace("{", "{\"number\":1,");

    private ResultActions call(String action, String body) throws Exception {
        return fixture.browser()
                .perform(post("/u/" + UploadPageFixture.PAGE + "/" + action)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body));
    }

    private void send(String file, int number) throws Exception {
        sign(file).andExpect(status().isOk()).andExpect(jsonPath("$.number").value(number));
        fixture.files.add(
                KEY.replaceAll("1$", String.valueOf(number)),
                file.contains("Contract") ? "Contract.pdf" : "Annex.pdf",
                4200);
    }

    @Test
    void aStoredFileIsRecordedAndNamedInTheReceipt() throws Exception {
        send(PDF, 1);

        call("arrived", SENT)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.reference").isNotEmpty())
                .andExpect(jsonPath("$.complete").value(true))
                .andExpect(jsonPath("$.files.length()").value(1))
                .andExpect(jsonPath("$.files[0].name").value("Contract.pdf"))
                .andExpect(jsonPath("$.files[0].size").value(4200))
                .andExpect(jsonPath("$.files[0].receivedAt").value(UploadPageFixture.NOW.toString()))
                .andExpect(header().string("Cache-Control", "no-store"));

        assertThat(fixture.ledger.upload.arrived()).hasSize(1);
    }

    @Test
    void aFileThatIsNotStoredHasNotArrived() throws Exception {
        sign(PDF).andExpect(status().isOk());

        assertProblem(call("arrived", SENT), 409, "NOT_ARRIVED");
        assertProblem(call("arrived", "{\"number\":7}"), 409, "NOT_ARRIVED");
    }

    @Test
    void anotherFileWithTheSameNumberIsReportedWithTheReceiptOfWhatArrived() throws Exception {
        send(PDF.replace("Contract", "Annex"), 1);

        ResultActions answer = call("arrived", SENT);

        assertProblem(answer, 409, "OTHER_ARRIVED");
        answer.andExpect(jsonPath("$.receipt.files[0].name").value("Annex.pdf"));
    }

    @Test
    void aFileThatTheTermsDoNotAllowIsReported() throws Exception {
        sign(PDF).andExpect(status().isOk());
        fixture.files.add(KEY, "Contract.pdf", 26_000_000);

        assertProblem(call("arrived", SENT), 422, "TOO_LARGE");
    }

    @ParameterizedTest
    @CsvSource({"arrived,{}", "arrived,[]", "arrived,", "complete,[]", "decline,null", "decline,{\"reason\":{}}"})
    void aMalformedBodyIsRefused(String action, String body) throws Exception {
        assertProblem(call(action, body == null ? "" : body), 400, "MALFORMED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"arrived", "complete", "decline"})
    void formsOfOtherSitesAreRefused(String action) throws Exception {
        assertProblem(
                fixture.browser()
                        .perform(post("/u/" + UploadPageFixture.PAGE + "/" + action)
                                .contentType(MediaType.TEXT_PLAIN)
                                .content("{}")),
                415,
                "JSON_REQUIRED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"arrived", "complete", "decline"})
    void anUnknownUploadIsNotFound(String action) throws Exception {
        assertProblem(
                fixture.browser()
                        .perform(post("/u/" + "f".repeat(32) + "/" + action)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{}")),
                404,
                "UNKNOWN_UPLOAD");
    }

    @Test
    void theLastOfSeveralFilesCompletesTheUpload() throws Exception {
        fixture = new UploadPageFixture(new UploadTerms(List.of("application/pdf"), 9000, null, null, null, 2));
        send(PDF, 1);
        send(PDF.replace("Contract", "Annex"), 2);

        call("arrived", SENT).andExpect(jsonPath("$.complete").value(false));
        call("arrived", SENT.replace("Contract", "Annex").replace(":1,", ":2,"))
                .andExpect(jsonPath("$.complete").value(true))
                .andExpect(jsonPath("$.files.length()").value(2));
    }

    @Test
    void aPersonCompletesAnUploadOfSeveralFiles() throws Exception {
        fixture = new UploadPageFixture(THREE_FILES);
        assertProblem(call("complete", "{}"), 409, "NOTHING_ARRIVED");
        send(PDF, 1);

        call("complete", "{}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.complete").value(true))
                .andExpect(jsonPath("$.files[0].name").value("Contract.pdf"));

        ResultActions late = sign(PDF.replace("Contract", "Annex"));
        assertProblem(late, 409, "UPLOAD_COMPLETED");
        late.andExpect(jsonPath("$.receipt.complete").value(true));
        assertProblem(call("decline", "{}"), 409, "ALREADY_ARRIVED");
    }

    @Test
    void aPersonDeclinesWithTheirOwnWords() throws Exception {
        call("decline", "{\"reason\":\"The notary has it.\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.reference").isNotEmpty());

        assertThat(fixture.ledger.upload.declined()).isNotNull();
        assertThat(fixture.ledger.upload.declined().reason()).isEqualTo("The notary has it.");
        assertProblem(sign(PDF), 410, "UPLOAD_DECLINED");
        assertProblem(call("complete", "{}"), 410, "UPLOAD_DECLINED");
    }

    @Test
    void aReasonIsOptionalAndLimited() throws Exception {
        assertProblem(call("decline", "{\"reason\":\"" + "x".repeat(501) + "\"}"), 422, "REASON_TOO_LONG");

        call("decline", "{}").andExpect(status().isOk());
    }

    @Test
    void anUploadWithFilesIsNotDeclined() throws Exception {
        fixture = new UploadPageFixture(THREE_FILES);
        send(PDF, 1);

        assertProblem(call("decline", "{}"), 409, "FILES_ARRIVED");
    }

    @Test
    void afterTheExpiryNothingIsEnded() throws Exception {
        fixture.wait(Duration.ofDays(1));

        assertProblem(call("complete", "{}"), 410, "LINK_EXPIRED");
        assertProblem(call("decline", "{}"), 410, "LINK_EXPIRED");
        fixture.ledger.revoked = true;
        assertProblem(call("decline", "{}"), 410, "UPLOAD_REVOKED");
    }
}
