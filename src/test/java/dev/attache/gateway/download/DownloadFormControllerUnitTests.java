package dev.attache.gateway.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.attache.download.Refusal;
import dev.attache.ledger.downloads.DownloadAccess.State;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** POST of the download page's forms. */
class DownloadFormControllerUnitTests {

    private static final String ADDRESS = DownloadPageFixture.ADDRESS;

    private final DownloadPageFixture fixture = new DownloadPageFixture();

    private static MockHttpServletRequestBuilder form(String body) {
        return post(ADDRESS)
                .header("Accept-Language", "en")
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .content(body);
    }

    private static MockHttpServletResponse answer(MockMvc browser, MockHttpServletRequestBuilder request)
            throws Exception {
        return browser.perform(request).andReturn().getResponse();
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request) throws Exception {
        return answer(fixture.browser(), request);
    }

    private static MockHttpServletRequestBuilder from(String client, MockHttpServletRequestBuilder request) {
        return request.with(received -> {
            received.setRemoteAddr(client);
            return received;
        });
    }

    @Test
    void aButtonRedirectsToTheSignedLink() throws Exception {
        MockHttpServletResponse answer = answer(form("item=0"));

        assertThat(answer.getStatus()).isEqualTo(303);
        assertThat(answer.getHeader("Location"))
                .isEqualTo("https://reports.s3.eu-central-1.amazonaws.com/report.pdf?X-Amz-Signature=secret");
        assertThat(answer.getContentAsString()).isEmpty();
        assertThat(fixture.downloads.pressed).containsExactly("0 null");
    }

    @Test
    void theRedirectDependsOnNothingThatTheClientSends() throws Exception {
        MockHttpServletResponse answer = answer(form("item=0&url=https%3A%2F%2Felsewhere.example&next=/x"));

        assertThat(answer.getHeader("Location")).startsWith("https://reports.s3.");
    }

    @Test
    void aTypedAddressIsPassedOn() throws Exception {
        fixture.confirmed();

        answer(form("address=+ana%40example.com+&item=0"));

        assertThat(fixture.downloads.pressed).containsExactly("0 ana@example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "OBJECT_GONE,410,This file no longer exists",
        "OBJECT_ARCHIVED,409,This file is archived",
        "OBJECT_DENIED,409,This file is not available",
        "OBJECT_REPLACED,410,This file has changed",
        "REVOKED,410,This file has been withdrawn",
        "EXHAUSTED,410,This file cannot be downloaded again",
        "ITEM_UNKNOWN,400,This request could not be understood"
    })
    void aRefusedFileOfAnOpenPageHasAPage(Refusal reason, int status, String heading) throws Exception {
        fixture.files(2).downloads.refuse(reason);

        MockHttpServletResponse answer = answer(form("item=0"));

        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(answer.getContentAsString())
                .contains(heading, "href=\"" + DownloadPageFixture.TOKEN + "\"", "Back to all files");
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED,This link has expired",
        "REVOKED,This link has been withdrawn",
        "EXHAUSTED,This link has been used"
    })
    void aPageThatIsClosedSaysWhyInsteadOfTheFile(Refusal reason, String heading) throws Exception {
        fixture.downloads.refuse(reason);
        fixture.show(
                switch (reason) {
                    case EXPIRED -> new State.Expired(DownloadPageFixture.EXPIRY);
                    case REVOKED -> new State.Revoked(DownloadPageFixture.NOW);
                    default -> new State.Exhausted();
                });

        MockHttpServletResponse answer = answer(form("item=0"));

        assertThat(answer.getStatus()).isEqualTo(410);
        assertThat(answer.getContentAsString()).contains(heading);
    }

    @ParameterizedTest
    @CsvSource({
        "ADDRESS_REQUIRED,Please enter your email address",
        "ADDRESS_WRONG,This link was sent to another address"
    })
    void theAddressIsAskedForAgain(Refusal reason, String text) throws Exception {
        fixture.confirmed().downloads.refuse(reason);

        MockHttpServletResponse answer = answer(form("item=0&address=%3Cother%3E%40example.com"));

        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getContentAsString())
                .contains(text, "value=\"&lt;other&gt;@example.com\"", "aria-invalid=\"true\"", "Report 1.pdf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "item", "item=", "item=-1", "item=1000", "item=01", "item=x", "item=%zz", "address=a"})
    void aFormThatThePageDoesNotSendIsRefused(String body) throws Exception {
        assertThat(answer(form(body)).getStatus()).isEqualTo(400);
        assertThat(fixture.downloads.pressed).isEmpty();
    }

    @Test
    void anotherTypeOrAHugeFormIsRefused() throws Exception {
        assertThat(answer(post(ADDRESS).contentType(MediaType.APPLICATION_JSON).content("item=0"))
                        .getStatus())
                .isEqualTo(400);
        assertThat(answer(post(ADDRESS).content("item=0")).getStatus()).isEqualTo(400);
        assertThat(answer(form("item=0&address=" + "a".repeat(5000))).getStatus())
                .isEqualTo(400);
        assertThat(fixture.downloads.pressed).isEmpty();
    }

    @Test
    void aForgedTokenPressesNothing() throws Exception {
        String forged = "/d/" + DownloadPageFixture.TOKEN.substring(1) + "A";

        for (String path : new String[] {forged, forged + "/renew"}) {
            assertThat(answer(post(path)
                                    .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                                    .content("item=0"))
                            .getStatus())
                    .isEqualTo(404);
        }
        assertThat(fixture.downloads.pressed).isEmpty();
        assertThat(fixture.downloads.renewals).isZero();
    }

    /** Whoever has the link and guesses addresses is slowed; the recipient, who has another address, is not. */
    @Test
    void guessedAddressesAreSlowedButNobodyIsLockedOut() throws Exception {
        MockMvc browser = fixture.confirmed().browser();
        fixture.downloads.refuse(Refusal.ADDRESS_WRONG);
        int compared = 0;
        for (int i = 0; i < 100; i++) {
            MockHttpServletResponse answer =
                    answer(browser, from("192.0.2.1", form("item=0&address=a" + i + "%40example.com")));
            if (answer.getStatus() == 422) {
                compared++;
            } else {
                assertThat(answer.getStatus()).isEqualTo(429);
                assertThat(answer.getHeader("Retry-After")).isNotEqualTo("0");
                assertThat(answer.getContentAsString()).contains("Too many attempts", "Report 1.pdf");
            }
        }
        assertThat(compared).isEqualTo(15);
        assertThat(fixture.downloads.pressed).hasSize(15);

        fixture.downloads.result = new ScriptedDownloads().result;
        assertThat(answer(browser, from("198.51.100.7", form("item=0&address=ana%40example.com")))
                        .getStatus())
                .isEqualTo(303);

        fixture.nanoTime = Duration.ofMinutes(1).toNanos();
        assertThat(answer(browser, from("192.0.2.1", form("item=0&address=ana%40example.com")))
                        .getStatus())
                .isEqualTo(303);
    }

    @Test
    void afterTooManyAddressesThePageOffersAMailInsteadOfTheField() throws Exception {
        fixture.confirmedByMail().downloads.refuse(Refusal.ADDRESS_BY_MAIL);

        MockHttpServletResponse answer = answer(form("item=0&address=ana%40example.com"));

        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getContentAsString())
                .contains(
                        "Too many addresses have been entered for this link",
                        "action=\"" + DownloadPageFixture.TOKEN + "/renew\"",
                        "Send me a new link",
                        "Report 1.pdf")
                .doesNotContain("type=\"email\"", "name=\"item\"", "ana@example.com");
    }

    /** A browser that stays on the page sends the confirmed address with each button. */
    @Test
    void pressesWithAConfirmedAddressAreNoGuesses() throws Exception {
        MockMvc browser = fixture.browser();

        for (int i = 0; i < 40; i++) {
            assertThat(answer(browser, from("192.0.2.1", form("item=0&address=ana%40example.com")))
                            .getStatus())
                    .isEqualTo(303);
        }
    }

    @Test
    void manyPressesOfOneLinkAreRefusedForTheirClientOnly() throws Exception {
        MockMvc browser = fixture.browser();
        int redirected = 0;
        MockHttpServletResponse answer = answer(browser, from("192.0.2.1", form("item=0")));
        while (answer.getStatus() == 303) {
            assertThat(++redirected).isLessThan(1000);
            answer = answer(browser, from("192.0.2.1", form("item=0")));
        }

        assertThat(answer.getStatus()).isEqualTo(429);
        assertThat(answer(browser, from("198.51.100.7", form("item=0"))).getStatus())
                .isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestForANewLinkHasTheSameAnswerInEveryState(boolean renewable) throws Exception {
        fixture.show(new State.Expired(DownloadPageFixture.EXPIRY), renewable);

        MockHttpServletResponse answer = answer(post(ADDRESS + "/renew").header("Accept-Language", "en"));

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentAsString())
                .contains("Check your email", "If a new link is available")
                .doesNotContain("ana@example.com");
        assertThat(fixture.downloads.renewals).isEqualTo(1);
    }

    @Test
    void theAddressOfTheAnswerLeadsBackToThePage() throws Exception {
        MockHttpServletResponse answer = answer(get(ADDRESS + "/renew"));

        assertThat(answer.getStatus()).isEqualTo(303);
        assertThat(URI.create("https://attache.example" + ADDRESS + "/renew")
                        .resolve(String.valueOf(answer.getHeader("Location"))))
                .isEqualTo(URI.create("https://attache.example" + ADDRESS));
        assertThat(answer(get("/d/x/renew")).getStatus()).isEqualTo(404);
        assertThat(fixture.downloads.renewals).isZero();
    }

    @Test
    void requestsForNewLinksAreLimited() throws Exception {
        MockMvc browser = fixture.show(new State.Expired(DownloadPageFixture.EXPIRY), true)
                .browser();
        MockHttpServletResponse answer = answer(browser, post(ADDRESS + "/renew"));
        while (answer.getStatus() == 200) {
            assertThat(fixture.downloads.renewals).isLessThan(100);
            answer = answer(browser, post(ADDRESS + "/renew"));
        }

        assertThat(answer.getStatus()).isEqualTo(429);
        assertThat(fixture.downloads.renewals).isEqualTo(13);
    }
}
