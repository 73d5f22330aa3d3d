package dev.attache.gateway.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.contract.value.UploadTerms;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MvcResult;

/** Descriptions of files that do not meet the terms of the upload, or are malformed. */
class UploadSignTermsUnitTests extends UploadSignTestBase {

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
    void aFileThatDoesNotMeetTheTermsIsRefused(String file, String code) throws Exception {
        assertRefused(file, 422, code);

        assertThat(fixture.signer.signed).isNull();
        assertThat(fixture.ledger.writes).isZero();
    }

    @Test
    void aNameThatIsTooLongIsRefused() throws Exception {
        assertRefused(PDF.replace("Contract", "x".repeat(256)), 422, "NAME_INVALID");
    }

    @Test
    void aFileOfAnotherThanTheExactSizeIsRefused() throws Exception {
        fixture = new UploadPageFixture(new UploadTerms(List.of("application/pdf"), 5000, 4201L, null, null));

        assertRefused(PDF, 422, "WRONG_SIZE");
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
    void aMalformedDescriptionIsRefused(String body) throws Exception {
        assertRefused(body, 400, "MALFORMED");
    }

    @Test
    void otherContentTypesThanJsonAreRefused() throws Exception {
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
            assertProblem(
                    fixture.browser()
                            .perform(request()
                                    .contentType(MediaType.valueOf(type))
                                    .content(PDF)),
                    415,
                    "JSON_REQUIRED");
        }
        assertProblem(fixture.browser().perform(request().content(PDF)), 415, "JSON_REQUIRED");
    }

    @Test
    void anOversizedBodyIsRefused() throws Exception {
        assertRefused(PDF + " ".repeat(4096), 413, "REQUEST_TOO_LARGE");
    }

    @Test
    void aProblemIsInTheReadersLanguageAndContainsNoSecret() throws Exception {
        MvcResult result = fixture.browser()
                .perform(request()
                        .contentType(MediaType.APPLICATION_JSON)
                        .header("Accept-Language", "de")
                        .content(PDF.replace("4200", "99000000")))
                .andReturn();

        assertThat(result.getResponse().getContentAsString(StandardCharsets.UTF_8))
                .contains("Diese Datei ist zu groß", "25\u00a0MB")
                .doesNotContain(UploadPageFixture.PAGE);
        assertThat(result.getResolvedException()).isNotNull().hasMessage("TOO_LARGE");
    }
}
