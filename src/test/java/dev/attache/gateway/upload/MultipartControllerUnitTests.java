package dev.attache.gateway.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.attache.contract.value.UploadTerms;
import dev.attache.upload.multipart.S3InMemory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.ResultActions;

/** The calls of the page's script that send a file in parts. */
class MultipartControllerUnitTests {

    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    private static final String HASH = S3InMemory.sha256(CONTENT);

    private static final String CHECKSUM = S3InMemory.sha256(Base64.getDecoder().decode(HASH)) + "-1";

    private static final String FILE = """
        {"name":"Contract.pdf","size":7,"type":"application/pdf","lastModified":1,"firstPart":"%s","tab":"tab-1"}\
        """.formatted(HASH);

    private static final String PARTS = """
        {"number":1,"uploadId":"multipart-1","parts":[{"number":1,"sha256":"%s"}]}\
        """.formatted(HASH);

    private static final String COMPLETE = """
        {"number":1,"uploadId":"multipart-1","checksum":"%s"}\
        """.formatted(CHECKSUM);

    private UploadPageFixture fixture = new UploadPageFixture(UploadPageFixture.TERMS);

    @BeforeEach
    void inTheBucket() {
        fixture.catalog = fixture.s3;
    }

    @Test
    void aFileIsSentInPartsAndAnsweredWithAReceipt() throws Exception {
        call("multipart", FILE)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.number").value(1))
                .andExpect(jsonPath("$.uploadId").value("multipart-1"))
                .andExpect(jsonPath("$.partSize").value(8 << 20))
                .andExpect(jsonPath("$.parts", hasSize(0)));
        call("parts", PARTS)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.parts[0].number").value(1))
                .andExpect(jsonPath("$.parts[0].method").value("PUT"))
                .andExpect(jsonPath("$.parts[0].url").value(containsString("partNumber=1&uploadId=multipart-1")))
                .andExpect(jsonPath("$.parts[0].headers['content-length']").value("7"))
                .andExpect(
                        jsonPath("$.parts[0].headers['x-amz-checksum-sha256']").value(HASH))
                .andExpect(jsonPath("$.parts[0].expiresAt").value("2026-11-21T09:05:00Z"));
        fixture.s3.putPart("multipart-1", 1, CONTENT);

        call("multipart-complete", COMPLETE)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.reference").isNotEmpty())
                .andExpect(jsonPath("$.complete").value(true))
                .andExpect(jsonPath("$.files[0].name").value("Contract.pdf"))
                .andExpect(jsonPath("$.files[0].size").value(7));
        assertThat(fixture.ledger.upload.arrived()).hasSize(1);
    }

    @Test
    void storedPartsAreListedAfterAReload() throws Exception {
        call("multipart", FILE);
        fixture.s3.putPart("multipart-1", 1, CONTENT);

        call("multipart", FILE)
                .andExpect(jsonPath("$.uploadId").value("multipart-1"))
                .andExpect(jsonPath("$.parts[0].number").value(1))
                .andExpect(jsonPath("$.parts[0].size").value(7))
                .andExpect(jsonPath("$.parts[0].sha256").value(HASH));
    }

    @Test
    void aFileThatDoesNotMeetTheTermsIsNotStarted() throws Exception {
        assertRefused("multipart", FILE.replace("application/pdf", "text/html"), 422, "CONTENT_TYPE_NOT_ALLOWED");
        assertRefused("multipart", FILE.replace(":7,", ":25000001,"), 422, "TOO_LARGE");
        assertRefused("multipart", FILE.replace(":7,", ":0,"), 422, "EMPTY");

        assertThat(fixture.s3.pending).isEmpty();
    }

    @Test
    void aFileWhoseSha256IsRequestedIsNotStarted() throws Exception {
        fixture = new UploadPageFixture(
                new UploadTerms(List.of("application/pdf"), 25_000_000, null, null, "ab".repeat(32)));

        assertRefused("multipart", FILE, 400, "MALFORMED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "[]",
                "{\"number\":1}",
                "{\"number\":1,\"uploadId\":\"multipart-1\",\"parts\":[]}",
                "{\"number\":1,\"uploadId\":\"multipart-1\",\"parts\":[null]}",
                "{\"number\":1,\"uploadId\":\"multipart-1\",\"parts\":[{\"number\":1,\"sha256\":\"AAAA\"}]}",
                "{\"number\":1,\"uploadId\":\"multipart-1\",\"parts\":[{\"sha256\":\"%1$s\"}]}",
                "{\"number\":1,\"uploadId\":\"multipart-1\",\"parts\":[{\"number\":0,\"sha256\":\"%1$s\"}]}",
                "{\"number\":1,\"uploadId\":\"multipart-1\",\"parts\":[{\"number\":2,\"sha256\":\"%1$s\"}]}"
            })
    void partsThatTheFileDoesNotHaveAreMalformed(String body) throws Exception {
        call("multipart", FILE);

        assertRefused("parts", body.formatted(HASH), 400, "MALFORMED");
    }

    @Test
    void moreThanTwentyPartsAreMalformed() throws Exception {
        call("multipart", FILE);
        String part = "{\"number\":1,\"sha256\":\"" + HASH + "\"}";
        String twenty = String.join(",", Collections.nCopies(20, part));

        call("parts", PARTS.replace(part, twenty)).andExpect(status().isOk());
        assertRefused("parts", PARTS.replace(part, twenty + "," + part), 400, "MALFORMED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"firstPart\":\"AAAA\"", "\"firstPart\":null", "\"other\":1"})
    void aStartWithoutTheHashOfItsBeginningIsMalformed(String first) throws Exception {
        assertRefused("multipart", FILE.replace("\"firstPart\":\"" + HASH + "\"", first), 400, "MALFORMED");
    }

    @Test
    void partsOfAnAbortedMultipartUploadStartAgain() throws Exception {
        assertRefused("parts", PARTS, 409, "PARTS_CHANGED");
        assertRefused("multipart-complete", COMPLETE, 409, "PARTS_CHANGED");
    }

    @Test
    void partsOfAnotherFileAreNotCompleted() throws Exception {
        call("multipart", FILE);
        fixture.s3.putPart("multipart-1", 1, "another".getBytes(StandardCharsets.UTF_8));

        assertRefused("multipart-complete", COMPLETE, 409, "PARTS_CHANGED");

        assertThat(fixture.s3.objects).isEmpty();
    }

    @Test
    void aFileThatHasArrivedIsReportedWithItsReceipt() throws Exception {
        call("multipart", FILE);
        fixture.s3.putPart("multipart-1", 1, CONTENT);
        call("multipart-complete", COMPLETE).andExpect(status().isOk());

        assertRefused("multipart", FILE, 409, "ALREADY_ARRIVED");
        assertRefused("multipart", FILE.replace("Contract", "Other"), 409, "OTHER_ARRIVED");
        call("multipart-complete", COMPLETE).andExpect(status().isOk());
    }

    @Test
    void afterTheExpiryNothingIsSignedButWhatWasSentCanBeCompleted() throws Exception {
        call("multipart", FILE);
        fixture.s3.putPart("multipart-1", 1, CONTENT);
        fixture.wait(Duration.ofDays(1));

        assertRefused("multipart", FILE, 410, "LINK_EXPIRED");
        assertRefused("parts", PARTS, 410, "LINK_EXPIRED");
        call("multipart-complete", COMPLETE).andExpect(status().isOk());
    }

    @Test
    void whenNoLinkIsValidAnyMoreNothingIsCompleted() throws Exception {
        call("multipart", FILE);
        fixture.s3.putPart("multipart-1", 1, CONTENT);
        fixture.wait(Duration.ofDays(1).plusMinutes(5).plusSeconds(1));

        assertRefused("multipart-complete", COMPLETE, 410, "LINK_EXPIRED");
    }

    @Test
    void aRevokedUploadIsNotCompleted() throws Exception {
        call("multipart", FILE);
        fixture.s3.putPart("multipart-1", 1, CONTENT);
        fixture.wait(Duration.ofDays(1));
        fixture.ledger.revoked = true;

        assertRefused("multipart-complete", COMPLETE, 410, "UPLOAD_REVOKED");
        assertThat(fixture.s3.objects).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart", "parts", "multipart-complete"})
    void callsHaveTheLimitsOfAllCallsOfTheScript(String call) throws Exception {
        fixture.browser()
                .perform(post(path(call)).contentType(MediaType.TEXT_PLAIN).content(FILE))
                .andExpect(status().isUnsupportedMediaType());
        assertRefused(call, FILE.replace("Contract", "C".repeat(4096)), 413, "REQUEST_TOO_LARGE");
        fixture.browser()
                .perform(post("/u/" + "f".repeat(32) + "/" + call)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(FILE))
                .andExpect(status().isNotFound());
    }

    private void assertRefused(String call, String body, int status, String code) throws Exception {
        UploadSignTestBase.assertProblem(call(call, body), status, code);
    }

    private ResultActions call(String call, String body) throws Exception {
        return fixture.browser()
                .perform(
                        post(path(call)).contentType(MediaType.APPLICATION_JSON).content(body));
    }

    private static String path(String call) {
        return "/u/" + UploadPageFixture.PAGE + "/" + call;
    }
}
