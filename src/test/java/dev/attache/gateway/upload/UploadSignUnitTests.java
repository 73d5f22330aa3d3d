package dev.attache.gateway.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.UploadTerms;
import dev.attache.ledger.OpenUpload.Arrival;
import dev.attache.ledger.OpenUpload.ChosenFile;
import dev.attache.link.UploadTarget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

class UploadSignUnitTests {

    private static final String PDF = "{\"name\":\"Contract.pdf\",\"size\":4200,\"type\":\"application/pdf\"}";
    private static final String KEY = "uploads/crm/" + Counter.ID + "/1";

    private Counter counter = new Counter(Counter.TERMS);

    @Test
    void aFileThatWasAskedForGetsALink() throws Exception {
        sign(PDF)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.url").value(counter.storage))
                .andExpect(jsonPath("$.method").value("PUT"))
                .andExpect(jsonPath("$.headers['content-type']").value("application/pdf"))
                .andExpect(jsonPath("$.headers['if-none-match']").value("*"))
                .andExpect(jsonPath("$.expiresAt").value("2026-11-21T09:05:00Z"))
                .andExpect(header().string("Cache-Control", "no-store"));

        assertThat(counter.signed)
                .isEqualTo(new UploadTarget(
                        new ObjectRef("files", KEY, null),
                        "application/pdf",
                        4200,
                        null,
                        "contract-4711",
                        "Contract.pdf"));
        assertThat(counter.ledger.upload.file())
                .isEqualTo(new ChosenFile("Contract.pdf", KEY, "application/pdf", 4200));
    }

    @Test
    void theSameFileAgainIsSignedAgainAndNotWrittenAgain() throws Exception {
        sign(PDF).andExpect(status().isOk());
        sign(PDF).andExpect(status().isOk());

        assertThat(counter.ledger.writes).isEqualTo(1);
    }

    @Test
    void theRequestsFileNameAndChecksumWin() throws Exception {
        counter = new Counter(new UploadTerms(List.of("application/pdf"), 5000, 4200L, "signed.pdf", "ab".repeat(32)));

        sign(PDF).andExpect(status().isOk());

        assertThat(counter.signed).isNotNull().satisfies(target -> {
            assertThat(target.object().key()).isEqualTo(KEY);
            assertThat(target.fileName()).isEqualTo("signed.pdf");
            assertThat(target.sha256()).isEqualTo("ab".repeat(32));
        });
        assertThat(counter.ledger.upload.file())
                .isNotNull()
                .extracting(ChosenFile::name)
                .isEqualTo("signed.pdf");
    }

    @Test
    void theServerNamesTheObject() throws Exception {
        sign("{\"name\":\"../../other/\\u202Efdp.pdf\",\"size\":1,\"type\":\"application/pdf\"}")
                .andExpect(status().isOk());

        assertThat(counter.signed).isNotNull().satisfies(target -> {
            assertThat(target.object().key()).isEqualTo(KEY);
            assertThat(target.fileName()).isEqualTo("fdp.pdf");
        });
    }

    @Test
    void howeverManyFilesArePickedTheirLinksAreForOneKey() throws Exception {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 110; i++) {
            sign(PDF.replace("Contract", "File" + i)).andExpect(status().isOk());
            keys.add(Objects.requireNonNull(counter.signed).object().key());
        }

        assertThat(keys).containsExactly(KEY);
    }

    @Test
    void aFileThatWasRefusedMakesRoomForTheNextNumber() throws Exception {
        counter.ledger.upload =
                counter.ledger.upload.withFile(new ChosenFile("Contract.pdf", KEY, "application/pdf", 9, true));
        counter.stored(KEY, "Contract.pdf", 9);

        sign(PDF).andExpect(status().isOk());

        assertThat(Objects.requireNonNull(counter.signed).object().key()).isEqualTo("uploads/crm/" + Counter.ID + "/2");
        assertThat(Objects.requireNonNull(counter.ledger.upload.file()).wasRefused())
                .isFalse();
    }

    @Test
    void afterTooManyRefusedFilesNoneIsTakenAnyMore() throws Exception {
        counter.ledger.upload = counter.ledger.upload.withFile(
                new ChosenFile("Contract.pdf", "uploads/crm/" + Counter.ID + "/100", "application/pdf", 9, true));

        refused(PDF, 410, "LINK_EXPIRED");
    }

    @Test
    void aFileSignedForByAnEarlierBuildThatHasArrivedIsFound() throws Exception {
        String earlier = "uploads/crm/" + Counter.ID + "/Contract.pdf";
        counter.ledger.upload =
                counter.ledger.upload.withFile(new ChosenFile("Contract.pdf", earlier, "application/pdf", 4200));
        sign(PDF).andExpect(status().isOk());
        counter.ledger.upload =
                counter.ledger.upload.withFile(new ChosenFile("Contract.pdf", earlier, "application/pdf", 4200));
        counter.stored(earlier, null, 4200);

        refused(PDF, 409, "ALREADY_ARRIVED");
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
    void theTypeFollowsFromTheNameWhereTheBrowserDoesNotKnowIt(String name, String type, String signed)
            throws Exception {
        String reported = type == null ? "" : ",\"type\":\"" + type + "\"";

        sign("{\"name\":\"" + name + "\",\"size\":1" + reported + "}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.headers['content-type']").value(signed));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"name":"a.exe","size":1,"type":"application/x-msdownload"} | CONTENT_TYPE_NOT_ALLOWED
        {"name":"a.pdf","size":1,"type":"text/html"}                | CONTENT_TYPE_NOT_ALLOWED
        {"name":"a.exe","size":1,"type":""}                         | CONTENT_TYPE_NOT_ALLOWED
        {"name":"a","size":1,"type":""}                             | CONTENT_TYPE_NOT_ALLOWED
        {"name":"a.png","size":1,"type":"image/*"}                  | CONTENT_TYPE_NOT_ALLOWED
        {"name":"a.pdf","size":1,"type":"no type"}                  | CONTENT_TYPE_NOT_ALLOWED
        {"name":"a.pdf","size":25000001,"type":"application/pdf"}   | TOO_LARGE
        {"name":"a.pdf","size":0,"type":"application/pdf"}          | EMPTY
        {"name":" ","size":1,"type":"application/pdf"}              | NAME_INVALID
        {"size":1,"type":"application/pdf"}                         | NAME_INVALID
        """)
    void aFileThatWasNotAskedForIsRefused(String file, String code) throws Exception {
        refused(file, 422, code);

        assertThat(counter.signed).isNull();
        assertThat(counter.ledger.writes).isZero();
    }

    @Test
    void anEndlessNameIsRefused() throws Exception {
        refused(PDF.replace("Contract", "x".repeat(256)), 422, "NAME_INVALID");
    }

    @Test
    void anExactSizeIsExact() throws Exception {
        counter = new Counter(new UploadTerms(List.of("application/pdf"), 5000, 4201L, null, null));

        refused(PDF, 422, "WRONG_SIZE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "\"a\"",
                "{\"name\":{},\"size\":1}",
                "{\"name\":\"a\",\"size\":\"x\"}",
                "{\"name\":\"a.pdf\",\"type\":\"application/pdf\"}",
                "{\"name\":\"a.pdf\",\"size\":-1}",
                "{\"name\":\"a.pdf\",\"size\":10.7,\"type\":\"application/pdf\"}",
                "{\"name\":\"a.pdf\",\"size\":\"10\",\"type\":\"application/pdf\"}"
            })
    void whatIsNoDescriptionOfAFileIsRefused(String body) throws Exception {
        refused(body, 400, "MALFORMED");
    }

    @Test
    void onlyJsonIsRead() throws Exception {
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
            problem(
                    counter.browser()
                            .perform(request()
                                    .contentType(MediaType.valueOf(type))
                                    .content(PDF)),
                    415,
                    "JSON_REQUIRED");
        }
        problem(counter.browser().perform(request().content(PDF)), 415, "JSON_REQUIRED");
    }

    @Test
    void anOversizedBodyIsNotRead() throws Exception {
        refused(PDF + " ".repeat(4096), 413, "REQUEST_TOO_LARGE");
    }

    @Test
    void anUnknownUploadIsNotFound() throws Exception {
        problem(
                counter.browser()
                        .perform(post("/u/" + "f".repeat(32) + "/sign")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(PDF)),
                404,
                "UNKNOWN_UPLOAD");
    }

    @Test
    void anUploadThatHasArrivedTakesNoOther() throws Exception {
        counter.ledger.upload = counter.ledger.upload.withArrival(
                new Arrival(KEY, null, "etag", null, 4200, "application/pdf", Counter.NOW));

        refused(PDF, 409, "ALREADY_ARRIVED");
    }

    @ParameterizedTest
    @CsvSource({"Other.pdf, 4200", "Contract.pdf, 4201"})
    void whoeverSentAnotherFileThanTheOneThatArrivedIsNotThanked(String name, long size) throws Exception {
        counter.ledger.upload = counter.ledger.upload.withArrival(
                new Arrival(KEY, null, "etag", null, size, "application/pdf", Counter.NOW, name));

        refused(PDF, 409, "OTHER_ARRIVED");
    }

    @Test
    void aFileThatIsStoredButNotYetReportedKeepsOthersOut() throws Exception {
        sign(PDF).andExpect(status().isOk());
        counter.stored(KEY, "Contract.pdf", 4200);

        refused(PDF.replace("Contract", "Other"), 409, "OTHER_ARRIVED");

        assertThat(counter.ledger.upload.file())
                .isNotNull()
                .extracting(ChosenFile::key)
                .isEqualTo(KEY);
        assertThat(counter.ledger.writes).isEqualTo(1);
    }

    @Test
    void aFileThatWasSignedForAndNeverSentMakesRoomForAnother() throws Exception {
        sign(PDF).andExpect(status().isOk());

        sign(PDF.replace("Contract", "Other")).andExpect(status().isOk());

        assertThat(counter.ledger.upload.file())
                .isNotNull()
                .extracting(ChosenFile::name)
                .isEqualTo("Other.pdf");
    }

    @Test
    void aFileThatIsStoredAlreadyIsNotSentASecondTime() throws Exception {
        sign(PDF).andExpect(status().isOk());
        counter.stored(KEY, "Contract.pdf", 4200);

        refused(PDF, 409, "ALREADY_ARRIVED");
    }

    @Test
    void anExpiredUploadTakesNone() throws Exception {
        counter.wait(Duration.ofDays(1));

        refused(PDF, 410, "LINK_EXPIRED");
    }

    @Test
    void dyingCredentialsAreWorthAnotherTry() throws Exception {
        counter.credentialsAreDying = true;

        sign(PDF)
                .andExpect(status().isServiceUnavailable())
                .andExpect(header().string("Retry-After", "10"))
                .andExpect(jsonPath("$.code").value("TRY_AGAIN"));
    }

    @ParameterizedTest
    @MethodSource("dev.attache.gateway.upload.Counter#passingFailures")
    void aLedgerThatFailsIsWorthAnotherTry(RuntimeException failure) throws Exception {
        counter.ledger.failure = failure;

        ResultActions answer = sign(PDF);

        problem(answer, 503, "TRY_AGAIN");
        answer.andExpect(header().string("Retry-After", "10"));
    }

    @ParameterizedTest
    @MethodSource("dev.attache.gateway.upload.Counter#lastingFailures")
    void whatIsDamagedIsAProblemThatIsWorthAnotherTry(RuntimeException failure) throws Exception {
        counter.ledger.failure = failure;

        ResultActions answer = sign(PDF);

        problem(answer, 503, "TRY_AGAIN");
        answer.andExpect(header().string("Retry-After", "10"));
    }

    @Test
    void aProblemIsSaidInTheReadersLanguageAndHoldsNoSecret() throws Exception {
        MvcResult result = counter.browser()
                .perform(request()
                        .contentType(MediaType.APPLICATION_JSON)
                        .header("Accept-Language", "de")
                        .content(PDF.replace("4200", "99000000")))
                .andReturn();

        assertThat(result.getResponse().getContentAsString(StandardCharsets.UTF_8))
                .contains("Diese Datei ist zu groß", "25\u00a0MB")
                .doesNotContain(Counter.PAGE);
        assertThat(result.getResolvedException()).isNotNull().hasMessage("TOO_LARGE");
    }

    private void refused(String body, int status, String code) throws Exception {
        problem(sign(body), status, code);
    }

    private static void problem(ResultActions answer, int status, String code) throws Exception {
        answer.andExpect(status().is(status))
                .andExpect(header().string("Content-Type", "application/problem+json"))
                .andExpect(jsonPath("$.code").value(code))
                .andExpect(jsonPath("$.status").value(status))
                .andExpect(jsonPath("$.detail").isNotEmpty());
    }

    private ResultActions sign(String body) throws Exception {
        return counter.browser()
                .perform(request().contentType(MediaType.APPLICATION_JSON).content(body));
    }

    private static MockHttpServletRequestBuilder request() {
        return post("/u/" + Counter.PAGE + "/sign");
    }
}
