package dev.attache.gateway.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;

import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.ObjectRef;
import dev.attache.gateway.TestPages;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.DownloadUse;
import dev.attache.ledger.keys.KeysUnusableException;
import dev.attache.source.SourceIdentity;
import dev.attache.wording.Wording;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.util.HtmlUtils;

/** GET and HEAD of the download page. */
@ExtendWith(OutputCaptureExtension.class)
class DownloadPageControllerUnitTests {

    private static final String ADDRESS = DownloadPageFixture.ADDRESS;

    private final DownloadPageFixture fixture = new DownloadPageFixture();

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request) throws Exception {
        return fixture.browser().perform(request).andReturn().getResponse();
    }

    private String body(MockHttpServletRequestBuilder request) throws Exception {
        return answer(request).getContentAsString();
    }

    @Test
    void thePageShowsTheSenderTheMessageTheFileAndTheExpiryInTheRecipientsTimeZone() throws Exception {
        assertThat(body(get(ADDRESS).header("Accept-Language", "en-GB")))
                .contains(
                        "Acme &lt;Contracts&gt;",
                        "Your &lt;quarterly&gt; report",
                        "Please read it by Friday.",
                        "Report 1.pdf",
                        "PDF · 48\u00a0kB",
                        "22 November 2026, 06:00 GMT-03:00",
                        "2026-11-22T09:00:00Z",
                        "lang=\"en-GB\"")
                .doesNotContain("<script");
    }

    @ParameterizedTest
    @CsvSource({"pt-BR,fr,pt-BR", "pt-BR,,pt-BR", "ja,fr,fr", ",fr,fr", "ja,,en-GB", ",,en-GB"})
    void theLanguageIsTheRecipientsElseTheBrowsers(String locale, String accepted, String shown) throws Exception {
        fixture.locale(locale);

        assertThat(body(accepted == null ? get(ADDRESS) : get(ADDRESS).header("Accept-Language", accepted)))
                .contains("lang=\"" + shown + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "de-CH", "fr", "es", "pt-BR", "pt-PT"})
    void everyTextOfEveryPageExistsInEveryLanguage(String language) throws Exception {
        List<String> pages = new ArrayList<>();
        for (DownloadPageStates state : DownloadPageStates.values()) {
            String page = HtmlUtils.htmlUnescape(state.answer(language).getContentAsString());

            assertThat(page)
                    .as(state.name())
                    .contains("lang=\"" + language)
                    .doesNotContain("??")
                    .doesNotContainPattern("\\{\\d}");
            if (language.equals("de-CH")) {
                assertThat(page).as(state.name()).doesNotContain("ß");
            }
            pages.add(page);
        }
        Wording wording = TestPages.writer().wording(language, null);
        assertThat(Stream.concat(
                        Stream.of(DownloadProblem.values()).map(problem -> "notice." + problem + ".heading"),
                        Stream.of(AddressProblem.values()).map(problem -> "download.address." + problem)))
                .as("problems that no state shows")
                .filteredOn(key -> pages.stream().noneMatch(page -> page.contains(wording.text(key))))
                .isEmpty();
    }

    @Test
    void aThousandGetsAndHeadsPressNothing() throws Exception {
        for (int i = 0; i < 1000; i++) {
            assertThat(answer(get(ADDRESS)).getStatus()).isEqualTo(200);
            assertThat(answer(head(ADDRESS)).getStatus()).isEqualTo(200);
        }

        assertThat(fixture.downloads.pressed).isEmpty();
        assertThat(fixture.downloads.renewals).isZero();
    }

    @Test
    void thePageIsNeitherCachedNorFramedNorAReferrerAndItsFormLeadsToTheStorage() throws Exception {
        MockHttpServletResponse answer = answer(get(ADDRESS));

        assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.getHeader("X-Robots-Tag")).isEqualTo("noindex");
        assertThat(answer.getHeader("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; "
                        + "img-src 'self' https://cdn.acme.example; connect-src 'self'; "
                        + "form-action 'self' https://reports.s3.eu-central-1.amazonaws.com; "
                        + "frame-ancestors 'none'; base-uri 'none'");
        assertThat(answer.getCookies()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED,410,This link has expired",
        "RENEWABLE,410,Send me a new link",
        "REVOKED,410,This link has been withdrawn",
        "EXHAUSTED,410,This link has been used",
        "NOT_YET,404,Not ready yet"
    })
    void theHolderOfAGenuineTokenLearnsWhyThereIsNoFile(DownloadPageStates state, int status, String text)
            throws Exception {
        MockHttpServletResponse answer = state.answer("en");

        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(answer.getContentAsString()).contains(text).doesNotContain("Report 1.pdf");
    }

    @ParameterizedTest
    @EnumSource
    void nobodyElseLearnsAnything(DownloadPageStates state) throws Exception {
        MockMvc browser = state.fixture().browser();
        char first = DownloadPageFixture.TOKEN.charAt(0);
        for (String token : new String[] {
            (first == 'A' ? 'B' : 'A') + DownloadPageFixture.TOKEN.substring(1),
            DownloadPageFixture.TOKEN.substring(1),
            DownloadPageFixture.TOKEN + "A",
            "x"
        }) {
            MockHttpServletResponse answer = browser.perform(get("/d/" + token).header("Accept-Language", "en"))
                    .andReturn()
                    .getResponse();

            assertThat(answer.getStatus()).isEqualTo(404);
            assertThat(answer.getContentAsString())
                    .contains("We do not know this link")
                    .doesNotContain("Acme", "expired", "/renew");
        }
    }

    @Test
    void onlyAnExpiredPageThatMayBeRenewedOffersANewLink() throws Exception {
        assertThat(body(get(ADDRESS))).doesNotContain("/renew");
        fixture.show(new State.Expired(DownloadPageFixture.EXPIRY), false);
        assertThat(body(get(ADDRESS))).doesNotContain("/renew");
        fixture.show(new State.Expired(DownloadPageFixture.EXPIRY), true);
        assertThat(body(get(ADDRESS))).contains("action=\"" + DownloadPageFixture.TOKEN + "/renew\"");
    }

    @Test
    void thePageSaysHowManyDownloadsAreLeft() throws Exception {
        DownloadUse use =
                DownloadUse.NONE.withUse(0, "a", DownloadPageFixture.NOW).withUse(0, "b", DownloadPageFixture.NOW);
        fixture.files(2).limited(2, false, use);

        assertThat(body(get(ADDRESS).header("Accept-Language", "en")))
                .contains("No downloads left", "2 downloads left", "value=\"1\"")
                .doesNotContain("value=\"0\"");
    }

    @Test
    void aOneTimeFileKeepsItsButtonForSomeMinutes() throws Exception {
        fixture.files(2)
                .limited(
                        null,
                        true,
                        DownloadUse.NONE
                                .withUse(0, "a", DownloadPageFixture.NOW.minus(Duration.ofMinutes(16)))
                                .withUse(1, "b", DownloadPageFixture.NOW.minus(Duration.ofMinutes(14))));

        assertThat(body(get(ADDRESS).header("Accept-Language", "en")))
                .contains("Each file can be downloaded once", "value=\"1\"")
                .doesNotContain("value=\"0\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        en    | Downloaded at 05:53. It can be downloaded again until 06:08 (GMT-03:00).
        de    | Um 05:53 Uhr heruntergeladen. Bis 06:08 Uhr (GMT-03:00) können Sie die Datei noch einmal herunterladen.
        fr    | Téléchargé à 05:53. Vous pouvez le télécharger de nouveau jusqu’à 06:08 (UTC−03:00).
        es    | Ya se ha descargado (5:53). Puede volver a descargarlo hasta esta hora: 6:08 (GMT-03:00).
        pt-BR | Baixado às 05:53. Você pode baixá-lo de novo até 06:08 (BRT).
        pt-PT | Transferido às 05:53. Pode transferi-lo novamente até às 06:08 (GMT-03:00).
        """)
    void aOneTimePageSaysWhenItsFileWasDownloadedAndUntilWhenItCanBeAgain(String language, String text)
            throws Exception {
        fixture.locale(language).limited(null, true, used(Duration.ofMinutes(7)));

        assertThat(body(get(ADDRESS))).contains(text, "value=\"0\"");
    }

    @Test
    void aOneTimeFileIsUsedUpAfterwards() throws Exception {
        fixture.files(2).limited(null, true, used(Duration.ofMinutes(15)));

        assertThat(body(get(ADDRESS).header("Accept-Language", "en")))
                .contains("No downloads left", "value=\"1\"")
                .doesNotContain("value=\"0\"", "Downloaded at");
    }

    @Test
    void aOneTimeFileCannotBeDownloadedAgainAfterItsPageHasExpired() throws Exception {
        fixture.limited(null, true, used(Duration.ofMinutes(7)))
                .show(new State.Open(DownloadPageFixture.NOW.plus(Duration.ofMinutes(3))));

        assertThat(body(get(ADDRESS).header("Accept-Language", "en"))).contains("again until 06:03 (GMT-03:00)");
    }

    private static DownloadUse used(Duration ago) {
        return DownloadUse.NONE.withUse(0, "a", DownloadPageFixture.NOW.minus(ago));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        application/x-other      | report.bin  | BIN · 48\u00a0kB
        -                        | report.DWG  | DWG · 48\u00a0kB
        application/octet-stream | report      | >48\u00a0kB
        application/octet-stream | .profile    | >48\u00a0kB
        application/octet-stream | 2026.11.27  | >48\u00a0kB
        application/octet-stream | data.7z     | 7Z · 48\u00a0kB
        text/plain;charset=utf-8 | notes.md    | Text · 48\u00a0kB
        """)
    void aFileWhoseMediaTypeIsUnknownHasTheTypeOfItsName(@Nullable String mediaType, String fileName, String facts)
            throws Exception {
        fixture.files(new DownloadPage.Item(new ObjectRef("files", "a", null), null, fileName, 48_211L, mediaType));

        assertThat(body(get(ADDRESS).header("Accept-Language", "en"))).contains(facts + "</p>");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u200b", "..."})
    void aFileNameThatNobodyCanSeeIsReplaced(String fileName) throws Exception {
        fixture.files(new DownloadPage.Item(new ObjectRef("files", "a", null), fileName, fileName, null, null));

        assertThat(body(get(ADDRESS))).contains(">file</bdi>");
    }

    @Test
    void thePageShowsTheSourcesIdentity() throws Exception {
        fixture.source.identity = identity("Acme", "help+a&b@acme.example");

        assertThat(body(get(ADDRESS).header("Accept-Language", "en")))
                .contains(
                        "src=\"https://cdn.acme.example/logo.svg?a=1&amp;b=2\"",
                        "<bdi>Acme</bdi>",
                        "/assets/colors/" + DownloadPageFixture.BRAND.substring(1) + ".css",
                        "href=\"mailto:help%2Ba%26b@acme.example\">Contact Acme<",
                        "href=\"https://acme.example/imprint?a=1&amp;b=2\">Legal notice<",
                        "href=\"https://acme.example/privacy\">Privacy<");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        Acme "Legal" <script>     | Acme &quot;Legal&quot; &lt;script&gt;
        Académie Élan – 契約      | Académie Élan – 契約
        شركة الأمل (2)            | شركة الأمل (2)
        """)
    void aHostileNameIsShownAsItIs(String name, String shown) throws Exception {
        fixture.source.identity = identity("\r\n" + name + "\u202e", "https://acme.example/help?a=\"><script>");

        assertThat(body(get(ADDRESS).header("Accept-Language", "en")))
                .contains("<bdi>" + shown + "</bdi>", "href=\"https://acme.example/help?a=&quot;&gt;&lt;script&gt;\"")
                .doesNotContain("<script", "\u202e");
    }

    private static SourceIdentity identity(String name, String contact) {
        return new SourceIdentity(
                name,
                contact,
                null,
                null,
                URI.create("https://cdn.acme.example/logo.svg?a=1&b=2"),
                DownloadPageFixture.BRAND,
                URI.create("https://acme.example/imprint?a=1&b=2"),
                URI.create("https://acme.example/privacy"));
    }

    @Test
    void aPurchaseNamesItsOrder() throws Exception {
        fixture.purchase();

        assertThat(body(get(ADDRESS).header("Accept-Language", "en")))
                .contains("Your purchase from Acme", "A-4711", "21 November 2026");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        en    | 1 | Your file has arrived
        en    | 2 | Your files have arrived
        de    | 2 | Ihre Dateien sind angekommen
        fr    | 2 | Vos fichiers sont arrivés
        es    | 2 | Sus archivos han llegado
        pt-BR | 2 | Seus arquivos chegaram
        pt-PT | 2 | Os seus ficheiros chegaram
        """)
    void aPageAboutAnArrivalSpeaksOfItsNumberOfFiles(String language, int files, String heading) throws Exception {
        fixture.arrival().files(files);

        assertThat(body(get(ADDRESS).header("Accept-Language", language))).contains(">" + heading + "<");
    }

    @Test
    void aFileThatS3HasDeletedHasNoButtonAndOneThatItWillDeleteSaysWhen() throws Exception {
        fixture.files(
                file("gone.pdf", DownloadPageFixture.NOW),
                file("going.pdf", DownloadPageFixture.EXPIRY.minus(Duration.ofHours(1))),
                file("kept.pdf", DownloadPageFixture.EXPIRY));

        String page = body(get(ADDRESS).header("Accept-Language", "en"));

        assertThat(page)
                .containsSubsequence(
                        "gone.pdf", "This file no longer exists", "going.pdf", "Available until", "kept.pdf")
                .contains("value=\"1\"", "value=\"2\"")
                .doesNotContain("value=\"0\"");
        assertThat(page.split("Available until", -1))
                .as("of the page, and of one file")
                .hasSize(3);
    }

    private static DownloadPage.Item file(String name, Instant availableUntil) {
        return new DownloadPage.Item(
                new ObjectRef("files", name, null), null, name, 500L, "application/pdf", null, availableUntil);
    }

    @Test
    void aTitleIsShownWithTheFilesName() throws Exception {
        fixture.files(new DownloadPage.Item(
                new ObjectRef("files", "a", null), "The annual report", "report.bin", null, "application/x-other"));

        assertThat(body(get(ADDRESS)))
                .contains("The annual report", "report.bin")
                .doesNotContain("application/x-other");
    }

    @Test
    void textsOfOthersAreIsolatedAndEscaped() throws Exception {
        fixture.message(new MessageText("<b>דו״ח</b>", "<script>alert(1)</script>"));

        assertThat(body(get(ADDRESS)))
                .contains("<h1 dir=\"auto\">&lt;b&gt;", "<p class=\"text\" dir=\"auto\">&lt;script&gt;");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        true  | Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 300.0
        false | Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1
        """)
    void onlyAnInAppBrowserGetsAHint(boolean hint, String userAgent) throws Exception {
        String page = body(get(ADDRESS).header("Accept-Language", "en").header("User-Agent", userAgent));

        assertThat(page.contains("Open in browser")).isEqualTo(hint);
    }

    @Test
    void aFailureCanBeRetriedAndItsLogLineHidesTheToken(CapturedOutput output) throws Exception {
        fixture.downloads.failure = new KeysUnusableException("The keys cannot be read");

        MockHttpServletResponse answer = answer(get(ADDRESS));

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeader("Retry-After")).isEqualTo("10");
        assertThat(output.toString()).contains("The keys cannot be read").doesNotContain(DownloadPageFixture.TOKEN);
    }
}
