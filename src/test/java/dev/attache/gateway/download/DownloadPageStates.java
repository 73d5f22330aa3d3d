package dev.attache.gateway.download;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.attache.contract.value.DownloadPage;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.ObjectRef;
import dev.attache.download.Refusal;
import dev.attache.gateway.error.TestErrors;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.DownloadUse;
import dev.attache.ledger.keys.KeysUnusableException;
import dev.attache.source.SourceIdentity;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The pages that a recipient can see. */
enum DownloadPageStates {
    ONE_FILE(Texts.REPORT, it -> {}),
    FIFTY_FILES(Texts.REPORT, it -> it.files(50)),
    PURCHASE("Your purchase from Acme <Contracts>", it -> it.purchase().files(3)),
    ONE_TIME(Texts.REPORT, it -> it.limited(null, true, DownloadUse.NONE)),
    REPEATABLE(
            Texts.REPORT,
            it -> it.limited(
                    null,
                    true,
                    DownloadUse.NONE.withUse(0, "a", DownloadPageFixture.NOW.minus(Duration.ofMinutes(7))))),
    /** One file can be downloaded, one once more, and one not any more. */
    LIMITED(
            Texts.REPORT,
            it -> it.files(3)
                    .limited(
                            2,
                            false,
                            DownloadUse.NONE
                                    .withUse(0, "a", DownloadPageFixture.NOW)
                                    .withUse(1, "b", DownloadPageFixture.NOW)
                                    .withUse(1, "c", DownloadPageFixture.NOW))),
    IN_APP(
            Texts.REPORT,
            it -> it.userAgent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) "
                    + "AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 300.0"),
    CONFIRMATION(Texts.REPORT, DownloadPageFixture::confirmed),
    /** Of a browser that does not ask for it. */
    NO_ADDRESS(
            "Please enter your email address.",
            Reached.TYPED,
            it -> it.confirmed().downloads.refuse(Refusal.ADDRESS_REQUIRED)),
    WRONG_ADDRESS(
            "This link was sent to another address. Check the spelling, or enter another address of yours.",
            Reached.TYPED,
            it -> it.confirmed().downloads.refuse(Refusal.ADDRESS_WRONG)),
    MANY_ADDRESSES(
            "Too many attempts. Please wait a moment, then try again.",
            Reached.TYPED,
            it -> it.confirmed()
                    .after(15, () -> press(DownloadPageFixture.ADDRESS, "item=0&address=a%40b.example"))
                    .downloads
                    .refuse(Refusal.ADDRESS_WRONG)),
    CONFIRMATION_BY_MAIL(Texts.REPORT, DownloadPageFixture::confirmedByMail),
    OTHER_SCRIPTS("تقرير 2026 (Q3)", it -> {
        it.source.identity = SourceIdentity.named("شركة الأمل");
        it.message(new MessageText(
                        "تقرير 2026 (Q3)", "سلام علی‌پور، التقرير مرفق.\n\nשלום, הקובץ מצורף.\n\nFamily: 👨‍👩‍👧"))
                .files(
                        named("تقرير الربع الثالث ٢٠٢٦.pdf"),
                        named("דו״ח רבעוני.pdf"),
                        named("a-file-with-a-very-long-name-" + "that-goes-on-and-on-".repeat(8) + ".pdf"));
    }),
    OTHER_SCRIPTS_EXPIRED("This link has expired", it -> {
        it.source.identity = Texts.brand("חברת התקווה (2026)");
        it.show(new State.Expired(DownloadPageFixture.EXPIRY));
    }),
    BRANDED(Texts.REPORT, it -> it.source.identity = Texts.brand("Acme Legal Services")),
    EXHAUSTED("This link has been used", it -> it.show(new State.Exhausted())),
    EXPIRED("This link has expired", it -> {
        BRANDED.change.accept(it);
        it.show(new State.Expired(DownloadPageFixture.EXPIRY));
    }),
    RENEWABLE("This link has expired", it -> {
        BRANDED.change.accept(it);
        it.show(new State.Expired(DownloadPageFixture.EXPIRY), true);
    }),
    RENEWAL_REQUESTED("Check your email", Reached.RENEWED, it -> RENEWABLE.change.accept(it)),
    MANY_RENEWALS("Too many requests", Reached.RENEWED, it -> {
        RENEWABLE.change.accept(it);
        it.after(13, () -> post(DownloadPageFixture.ADDRESS + DownloadPageController.RENEW));
    }),
    REVOKED("This link has been withdrawn", it -> it.show(new State.Revoked(DownloadPageFixture.NOW))),
    NOT_YET("Not ready yet", it -> it.downloads.view = null),
    FILE_REVOKED("This file has been withdrawn", Refusal.REVOKED),
    FILE_EXHAUSTED("This file cannot be downloaded again", Refusal.EXHAUSTED),
    OBJECT_GONE("This file no longer exists", Refusal.OBJECT_GONE),
    OBJECT_ARCHIVED("This file is archived", Refusal.OBJECT_ARCHIVED),
    OBJECT_DENIED("This file is not available", Refusal.OBJECT_DENIED),
    OBJECT_REPLACED("This file has changed", Refusal.OBJECT_REPLACED),
    /** The last character of a token has unused bits, so the first one is changed. */
    FORGED_TOKEN(
            "We do not know this link",
            it -> it.path = "/d/"
                    + (DownloadPageFixture.TOKEN.charAt(0) == 'A' ? 'B' : 'A')
                    + DownloadPageFixture.TOKEN.substring(1)),
    /** A token that a mail program has cut. */
    CUT_TOKEN("We do not know this link", it -> it.path = DownloadPageFixture.ADDRESS.substring(0, 40)),
    UNAVAILABLE("This does not work right now", it -> it.downloads.failure = new KeysUnusableException("Down")),
    NO_SUCH_ADDRESS("There is nothing at this address", it -> it.path = TestErrors.PATH + 404),
    BAD_REQUEST("This request could not be understood", it -> it.path = TestErrors.PATH + 400),
    TOO_MANY_REQUESTS("Too many requests", it -> it.path = TestErrors.PATH + 429),
    INTERNAL_ERROR("This does not work right now", it -> it.path = TestErrors.PATH + 500);

    static final String OTHER_ADDRESS = "other@example.com";

    /** How a person gets there. */
    enum Reached {
        /** By the link. */
        OPENED,
        /** By the button of the first file. */
        PRESSED,
        /** By the button of the first file, after another address than the recipient's was typed. */
        TYPED,
        /** By the button that asks for a new link. */
        RENEWED
    }

    /** The heading in English; with a typed address, what is wrong with it. */
    final String text;

    final Reached reached;

    private final Consumer<DownloadPageFixture> change;

    DownloadPageStates(String text, Consumer<DownloadPageFixture> change) {
        this(text, Reached.OPENED, change);
    }

    DownloadPageStates(String text, Refusal refusal) {
        this(text, Reached.PRESSED, it -> it.files(3).downloads.refuse(refusal));
    }

    DownloadPageStates(String text, Reached reached, Consumer<DownloadPageFixture> change) {
        this.text = text;
        this.reached = reached;
        this.change = change;
    }

    DownloadPageFixture fixture() {
        DownloadPageFixture fixture = new DownloadPageFixture();
        change.accept(fixture);
        return fixture;
    }

    /** The page, in a language that the recipient's browser accepts. */
    MockHttpServletResponse answer(String language) {
        DownloadPageFixture fixture = fixture();
        MockHttpServletRequestBuilder request = switch (reached) {
            case OPENED -> get(fixture.path);
            case PRESSED -> press(fixture.path, "item=0");
            case TYPED -> press(fixture.path, "item=0&address=" + OTHER_ADDRESS);
            case RENEWED -> post(fixture.path + DownloadPageController.RENEW);
        };
        request.header("Accept-Language", language);
        if (fixture.userAgent != null) {
            request.header("User-Agent", fixture.userAgent);
        }
        return DownloadPageFixture.answer(fixture.browser(), request);
    }

    private static MockHttpServletRequestBuilder press(String path, String form) {
        return post(path).contentType(MediaType.APPLICATION_FORM_URLENCODED).content(form);
    }

    private static DownloadPage.Item named(String name) {
        return new DownloadPage.Item(new ObjectRef("files", "x", null), null, name, 1_500_000L, "application/pdf");
    }

    /** What states share; an enum's own constants do not exist yet when its states are created. */
    private static final class Texts {

        static final String REPORT = "Your <quarterly> report";

        static SourceIdentity brand(String name) {
            return new SourceIdentity(
                    name,
                    "help@acme.example",
                    null,
                    null,
                    URI.create("https://cdn.acme.example/logo.svg"),
                    DownloadPageFixture.BRAND,
                    URI.create("https://acme.example/imprint"),
                    URI.create("https://acme.example/privacy"));
        }
    }
}
