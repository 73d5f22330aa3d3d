package dev.attache.gateway.upload;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ForcedColors;
import dev.attache.contract.value.UploadTerms;
import dev.attache.ledger.OpenUpload.Arrival;
import dev.attache.ledger.UploadBuilder;
import dev.attache.ledger.UploadEnd.Decline;
import dev.attache.testing.KeyboardWalk;
import dev.attache.testing.PageAppearance;
import dev.attache.testing.RequiresChromium;
import dev.attache.testing.SharedChromium;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every state of the page, in Chromium. Its pictures are in {@code target/screenshots/upload-page}. */
@RequiresChromium
class UploadPageStatesIT {

    private static final String SCREENSHOTS = "upload-page";

    /** The Tab key continues where the element was. */
    private static final String FOCUS_NOTHING = """
        () => {
          const start = document.createElement('span');
          start.tabIndex = -1;
          document.body.prepend(start);
          start.focus();
          start.remove();
        }\
        """;

    private static final String LONG_NAME = "Rental_agreement_with_all_annexes_signed_by_both_parties-final (2).pdf";

    private static final FilePayload FILE = OpenedUploadPage.pdf("Contract.pdf", 42_000);

    private static final FilePayload LARGE = OpenedUploadPage.pdf(LONG_NAME, 8_000_000);

    private enum State {
        ONE(1, opened -> {}),
        SEVERAL(5, opened -> opened.page.reload()),
        CHOSEN(1, opened -> opened.choose(FILE)),
        CHOSEN_SEVERAL(5, opened -> opened.choose(FILE, LARGE)),
        REFUSED(1, opened -> {
            opened.choose(new FilePayload("Holiday plans.txt", "text/plain", new byte[1200]));
            assertThat(opened.page.locator("#problem")).isVisible();
        }),
        SENDING(5, opened -> {
            opened.server.storage.reading = new CountDownLatch(1);
            opened.send(LARGE, FILE, OpenedUploadPage.pdf("Annex.pdf", 7000));
            opened.page.waitForFunction("() => document.querySelector('progress').value > 0");
            assertThat(opened.state("Annex.pdf")).containsText("Waiting");
        }),
        FAILED(1, opened -> {
            opened.server.storage.statuses.add(400);
            opened.send(FILE);
            assertThat(opened.row("Contract.pdf").locator(".retry")).isVisible();
        }),
        PART_RECEIVED(5, opened -> {
            opened.send(FILE, OpenedUploadPage.pdf("Annex.pdf", 7000));
            assertThat(opened.page.locator("#finish")).isVisible();
        }),
        DECLINING(1, opened -> opened.page.locator("#decline summary").click()),
        EXPIRED(1, opened -> {
            opened.choose(FILE);
            opened.fixture.ledger.upload = UploadBuilder.from(opened.fixture.ledger.upload)
                    .expiresAt(UploadPageFixture.NOW)
                    .build();
            opened.page.locator("#send").click();
            assertThat(opened.page.locator("#problem")).isVisible();
        }),
        DONE(1, opened -> {
            opened.send(FILE);
            opened.assertDone("Thank you, we have it", "Contract.pdf");
        }),
        DONE_SEVERAL(2, opened -> {
            opened.send(FILE, LARGE);
            assertThat(opened.page.locator("#done-list li")).hasCount(2);
        }),
        ALREADY_RECEIVED(1, opened -> {
            opened.fixture.ledger.upload = UploadBuilder.arrived(opened.fixture.ledger.upload, arrival());
            opened.page.reload();
        }),
        DECLINED(1, opened -> {
            opened.fixture.ledger.upload =
                    opened.fixture.ledger.upload.withDecline(new Decline(null, UploadPageFixture.NOW, null));
            opened.page.reload();
        });

        private final int maxFiles;
        private final Consumer<OpenedUploadPage> steps;

        State(int maxFiles, Consumer<OpenedUploadPage> steps) {
            this.maxFiles = maxFiles;
            this.steps = steps;
        }

        OpenedUploadPage open() throws IOException {
            UploadPageFixture fixture = new UploadPageFixture(
                    new UploadTerms(List.of("application/pdf", "image/*"), 25 << 20, null, null, null, maxFiles));
            if (this == SEVERAL) {
                fixture.ledger.upload = UploadBuilder.arrived(fixture.ledger.upload, arrival());
            }
            OpenedUploadPage opened = OpenedUploadPage.of(fixture);
            steps.accept(opened);
            return opened;
        }

        private static Arrival arrival() {
            return new Arrival(
                    "uploads/x", null, "etag", null, 42_000, "application/pdf", UploadPageFixture.NOW, "Contract.pdf");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyStateIsAccessibleInLightDarkAndForcedColoursAndByKeyboardAndFitsANarrowScreen(State state)
            throws IOException {
        try (OpenedUploadPage opened = state.open()) {
            PageAppearance.check(
                    opened.page,
                    SCREENSHOTS,
                    state.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            opened.page.evaluate(FOCUS_NOTHING);
            KeyboardWalk.check(opened.page);

            assertThat(opened.consoleMessages)
                    .filteredOn(text -> text.contains("Content Security Policy"))
                    .isEmpty();
        }
    }

    @Test
    void aProblemIsInTheViewportOfASmallPhone() throws IOException {
        try (OpenedUploadPage opened = OpenedUploadPage.of(UploadPageFixture.TERMS)) {
            opened.page.setViewportSize(360, 560);

            opened.choose(new FilePayload("Holiday plans.txt", "text/plain", new byte[1200]));

            assertThat(opened.page.locator("#problem")).isInViewport();
            opened.server.storage.statuses.add(400);
            opened.send(FILE);
            assertThat(opened.row("Contract.pdf").locator(".retry")).isInViewport();
            assertThat(opened.state("Contract.pdf")).isInViewport();
        }
    }

    @Test
    void buttonsAndProgressAreVisibleInForcedColours() throws IOException {
        try (OpenedUploadPage opened = State.SENDING.open()) {
            opened.page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));

            assertThat(opened.page.evaluate(
                            "() => getComputedStyle(document.querySelector('progress')).borderTopWidth"))
                    .isEqualTo("1px");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "es", "pt-BR", "pt-PT"})
    void theLongestTextsFitANarrowScreenInEveryLanguage(String language) throws IOException {
        UploadPageFixture fixture = new UploadPageFixture(
                new UploadTerms(List.of("application/pdf", "image/*"), 25 << 20, null, null, null, 5));
        try (UploadPageServer server = new UploadPageServer(fixture)) {
            Page page = SharedChromium.open(
                            new Browser.NewContextOptions().setLocale(language).setViewportSize(360, 640))
                    .newPage();
            page.navigate(server.page());
            page.locator("#decline summary").click();
            server.storage.statuses.add(400);
            page.locator("#file").setInputFiles(new FilePayload[] {LARGE, FILE});
            page.locator("#send").click();
            assertThat(page.locator(".retry:visible")).isVisible();
            assertThat(page.locator("[data-state=arrived]")).isVisible();

            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
            PageAppearance.screenshot(page, SCREENSHOTS, "language-" + language);
            page.context().close();
        }
    }

    @Test
    void withoutJavaScriptThePageSaysThatItIsNeeded() throws IOException {
        try (UploadPageServer server = new UploadPageServer(new UploadPageFixture(UploadPageFixture.TERMS))) {
            Page page = SharedChromium.open(
                            new Browser.NewContextOptions().setLocale("en-GB").setJavaScriptEnabled(false))
                    .newPage();
            page.navigate(server.page());

            assertThat(page.locator("noscript p")).containsText("This page needs JavaScript");
            assertThat(page.locator("#work")).isHidden();
            PageAppearance.screenshot(page, SCREENSHOTS, "without-script");
            page.context().close();
        }
    }
}
