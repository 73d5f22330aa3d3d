package dev.attache.gateway.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;

import dev.attache.contract.value.UploadTerms;
import dev.attache.ledger.OpenUpload.Arrival;
import dev.attache.ledger.UploadBuilder;
import dev.attache.ledger.UploadEnd;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@ExtendWith(OutputCaptureExtension.class)
class UploadPageControllerUnitTests {

    private static final String ADDRESS = "/u/" + UploadPageFixture.PAGE;

    private final UploadPageFixture fixture = new UploadPageFixture(UploadPageFixture.TERMS);

    @Test
    void thePageStatesTheRequestItsExpiryAndItsTerms() throws Exception {
        String page = body(get(ADDRESS).header("Accept-Language", "en-GB"));

        assertThat(page)
                .contains(
                        "Acme &lt;Contracts&gt;",
                        "Your &lt;signed&gt; contract",
                        "A scan will do.",
                        "22 November 2026, 06:00 GMT-03:00",
                        "PDF, pictures",
                        "25\u00a0MB at most",
                        "lang=\"en-GB\"",
                        "data-calls=\"" + UploadPageFixture.PAGE + "/\"",
                        "data-expires-in=\"86400000\"",
                        "accept=\"application/pdf,image/*,text/markdown,.bmp,",
                        "data-max-files=\"1\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "es", "pt-BR"})
    void everyTextExistsInEveryLanguage(String language) throws Exception {
        assertThat(body(get(ADDRESS).header("Accept-Language", language)))
                .contains("lang=\"" + language)
                .doesNotContain("??")
                .doesNotContainPattern("\\{\\d}");
    }

    @Test
    void withoutAnAcceptedLanguageTheRecipientsLanguageIsUsed() throws Exception {
        assertThat(body(get(ADDRESS))).contains("lang=\"pt-BR\"", "22 de novembro de 2026 às 06:00 BRT");
    }

    @Test
    void getAndHeadChangeNoState() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(response(get(ADDRESS)).getStatus()).isEqualTo(200);
            assertThat(response(head(ADDRESS)).getStatus()).isEqualTo(200);
        }

        assertThat(fixture.ledger.writes).isZero();
        assertThat(fixture.signer.signed).isNull();
    }

    @Test
    void anUnknownPageIdGetsANotice() throws Exception {
        MockHttpServletResponse response = response(get("/u/" + "f".repeat(32)).header("Accept-Language", "en"));

        assertThat(response.getStatus()).isEqualTo(404);
        assertThat(response.getContentAsString()).contains("We do not know this link", "ask the sender");
    }

    @Test
    void anInvalidPageIdIsNotLookedUp() throws Exception {
        assertThat(response(get("/u/..%2f..%2fetc")).getStatus()).isIn(400, 404);
        assertThat(response(get("/u/" + "F".repeat(32))).getStatus()).isEqualTo(404);
        assertThat(fixture.ledger.reads).isZero();
    }

    @Test
    void anExpiredUploadGetsANotice() throws Exception {
        fixture.wait(Duration.ofDays(1));

        MockHttpServletResponse response = response(get(ADDRESS).header("Accept-Language", "en"));

        assertThat(response.getStatus()).isEqualTo(410);
        assertThat(response.getContentAsString())
                .contains("no longer valid", "ask Acme &lt;Contracts&gt; for a new link")
                .doesNotContain("type=\"file\"");
    }

    @Test
    void aRevokedUploadGetsANoticeOfItsOwn() throws Exception {
        fixture.ledger.revoked = true;
        fixture.wait(Duration.ofDays(1));

        MockHttpServletResponse response = response(get(ADDRESS).header("Accept-Language", "en"));

        assertThat(response.getStatus()).isEqualTo(410);
        assertThat(response.getContentAsString())
                .contains("has been withdrawn", "Acme &lt;Contracts&gt; no longer asks for a file")
                .doesNotContain("type=\"file\"");
    }

    @Test
    void anUploadOfARemovedSourceIsClosed() throws Exception {
        fixture.source.configured = false;

        assertThat(response(get(ADDRESS)).getStatus()).isEqualTo(410);
    }

    @Test
    void anArrivedUploadSaysSoEvenAfterItsExpiry() throws Exception {
        fixture.ledger.upload = UploadBuilder.arrived(
                fixture.ledger.upload,
                new Arrival("uploads/x", null, "etag", null, 1, "application/pdf", UploadPageFixture.NOW, null));
        fixture.wait(Duration.ofDays(2));

        MockHttpServletResponse response = response(get(ADDRESS).header("Accept-Language", "en"));

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsString())
                .contains("already arrived", "Reference:")
                .doesNotContain("type=\"file\"");
    }

    @Test
    void aPageOfSeveralFilesShowsWhatHasArrivedAndWhatMayStillBeSent() throws Exception {
        UploadPageFixture several =
                new UploadPageFixture(new UploadTerms(List.of("application/pdf"), 25L << 20, null, null, null, 3));
        several.ledger.upload = UploadBuilder.arrived(
                several.ledger.upload,
                new Arrival(
                        "uploads/x",
                        null,
                        "etag",
                        null,
                        26_214_400,
                        "application/pdf",
                        UploadPageFixture.NOW,
                        "A<b>.pdf"));

        String page = several.browser()
                .perform(get(ADDRESS).header("Accept-Language", "en-GB"))
                .andReturn()
                .getResponse()
                .getContentAsString();

        assertThat(page)
                .contains(
                        "A&lt;b&gt;.pdf",
                        "<span class=\"size\">25\u00a0MB</span>",
                        "21 November 2026, 06:00 GMT-03:00",
                        "25\u00a0MB at most",
                        "data-remaining-files=\"2\"",
                        "3 at most",
                        "multiple=\"multiple\"",
                        "Reference:");
    }

    @Test
    void aDeclinedUploadSaysSo() throws Exception {
        fixture.ledger.upload =
                fixture.ledger.upload.withDecline(new UploadEnd.Decline("secret", UploadPageFixture.NOW, null));

        MockHttpServletResponse response = response(get(ADDRESS).header("Accept-Language", "en"));

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsString())
                .contains("You cannot provide this")
                .doesNotContain("type=\"file\"", "secret", "Reference");
    }

    @ParameterizedTest
    @MethodSource("dev.attache.gateway.upload.LedgerFailures#temporary")
    void aTemporaryLedgerFailureIsRetryable(RuntimeException failure) throws Exception {
        fixture.ledger.failure = failure;

        MockHttpServletResponse response = response(get(ADDRESS).header("Accept-Language", "de"));

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("10");
        assertThat(response.getContentType()).isEqualTo("text/html;charset=UTF-8");
        assertThat(response.getContentAsString()).contains("Das geht gerade nicht", "in einer Minute noch einmal");
    }

    @ParameterizedTest
    @MethodSource("dev.attache.gateway.upload.LedgerFailures#permanent")
    void aPermanentLedgerFailureGetsAPageAndOneLogLineWithoutThePageId(RuntimeException failure, CapturedOutput output)
            throws Exception {
        fixture.ledger.failure = failure;
        MockMvc browser = fixture.browser();

        for (int i = 0; i < 2; i++) {
            MockHttpServletResponse response =
                    browser.perform(get(ADDRESS)).andReturn().getResponse();
            assertThat(response.getStatus()).isEqualTo(503);
            assertThat(response.getHeader("Retry-After")).isEqualTo("10");
            assertThat(response.getContentAsString()).contains("This does not work right now");
        }
        assertThat(output)
                .containsOnlyOnce("An upload page could not be shown")
                .contains(failure.getClass().getSimpleName())
                .doesNotContain("\tat ")
                .doesNotContain(UploadPageFixture.PAGE);
    }

    @Test
    void theHeadersProtectTheAddress() throws Exception {
        MockHttpServletResponse response = response(get(ADDRESS));

        assertThat(response.getHeader("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
                        + " 'self' https://uploads.s3.eu-central-1.amazonaws.com; form-action 'none'; frame-ancestors"
                        + " 'none'; base-uri 'none'");
        assertThat(response.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(response.getHeader("X-Robots-Tag")).isEqualTo("noindex");
        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(response.getHeaders("Set-Cookie")).isEmpty();
        assertThat(response.getContentType()).isEqualTo("text/html;charset=UTF-8");
    }

    @Test
    void thePageHasNoInlineScriptsOrStyles() throws Exception {
        assertThat(body(get(ADDRESS)))
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContain("style=", "onclick", "<style", "javascript:");
    }

    private String body(MockHttpServletRequestBuilder request) throws Exception {
        return response(request).getContentAsString();
    }

    private MockHttpServletResponse response(MockHttpServletRequestBuilder request) throws Exception {
        return fixture.browser().perform(request).andReturn().getResponse();
    }
}
