package dev.attache.gateway.download;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.attache.download.DownloadUsage.Result;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.ledger.downloads.DownloadUse;
import dev.attache.testing.KeyboardWalk;
import dev.attache.testing.PageAppearance;
import dev.attache.testing.RequiresChromium;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page that a recipient can see, in Chromium. Its pictures are in {@code target/screenshots/download-page}. */
@RequiresChromium
class DownloadPageStatesIT {

    private static final String SCREENSHOTS = "download-page";

    private StorageServer storage;

    @BeforeEach
    void startTheStorage() throws IOException {
        storage = new StorageServer();
    }

    @AfterEach
    void stopTheStorage() {
        storage.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyPageIsAccessibleInLightDarkAndForcedColoursAndFitsANarrowScreen(DownloadPageStates state)
            throws IOException {
        try (OpenedDownloadPage opened = OpenedDownloadPage.of(state, storage, options -> {})) {
            PageAppearance.check(
                    opened.page,
                    SCREENSHOTS,
                    state.name().toLowerCase(Locale.ROOT).replace('_', '-'));

            assertThat(opened.consoleMessages)
                    .filteredOn(text -> text.contains("Content Security Policy"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyControlIsReachedAndUsedByKeyboardWithoutJavaScript(DownloadPageStates state) throws IOException {
        try (OpenedDownloadPage opened =
                OpenedDownloadPage.of(state, storage, options -> options.setJavaScriptEnabled(false))) {
            KeyboardWalk.check(opened.page);
            int controls = KeyboardWalk.controls(opened.page);
            // Of many files, the first and the last ones.
            for (int control : IntStream.range(0, controls)
                    .filter(at -> at < 2 || at > controls - 5)
                    .toArray()) {
                opened.load();
                opened.reach(state);
                use(opened, state, control);
            }
        }
    }

    /** Uses one control by keyboard, and expects what it is for. */
    private static void use(OpenedDownloadPage opened, DownloadPageStates state, int control) {
        Page page = opened.page;
        if (page.locator("#address").count() > 0) {
            KeyboardWalk.focus(page, 0);
            page.keyboard().press("Control+A");
            page.keyboard().type("ana@example.com");
            assertThat(page.locator("#address")).hasValue("ana@example.com");
        }
        KeyboardWalk.focus(page, control);
        Locator focused = page.locator(":focus");
        String href = focused.getAttribute("href");
        String name = focused.getAttribute("name");
        if (href != null) {
            follow(page, href);
        } else if ("item".equals(name)) {
            press(opened, state, focused.getAttribute("value"));
        } else if (!"address".equals(name)) {
            page.keyboard().press("Enter");
            assertThat(page.locator("h1")).hasText("Check your email");
        }
    }

    private static void follow(Page page, String href) {
        if (!href.startsWith("mailto:")) {
            page.keyboard().press("Enter");
            page.waitForURL(url -> url.endsWith(href));
        }
    }

    private static void press(OpenedDownloadPage opened, DownloadPageStates state, String item) {
        opened.fixture.downloads.pressed.clear();
        Runnable enter = () -> opened.page.keyboard().press("Enter");
        if (opened.fixture.downloads.result instanceof Result.Redirect) {
            opened.assertDownloaded(enter);
            assertThat(opened.fixture.downloads.pressed)
                    .singleElement()
                    .asString()
                    .startsWith(item + " ");
        } else {
            opened.page.waitForNavigation(enter);
            opened.assertShown(state);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "de-CH", "fr", "es", "pt-BR"})
    void theLongestTextsFitANarrowScreenInEveryLanguage(String language) throws IOException {
        DownloadPageFixture fixture = DownloadPageStates.BRANDED
                .fixture()
                .locale(language)
                .purchase()
                .files(3)
                .confirmed()
                .limited(3, true, DownloadUse.NONE.withUse(2, "a", DownloadPageFixture.NOW.minusSeconds(3600)));
        fixture.userAgent = DownloadPageStates.IN_APP.fixture().userAgent;
        assertFits(fixture, language + "-page");

        assertFits(
                DownloadPageStates.RENEWABLE
                        .fixture()
                        .locale(language)
                        .show(new State.Expired(DownloadPageFixture.EXPIRY), true),
                language + "-expired");
    }

    private void assertFits(DownloadPageFixture fixture, String name) throws IOException {
        fixture.storage = storage.origin();
        try (OpenedDownloadPage opened =
                new OpenedDownloadPage(fixture, storage, options -> options.setViewportSize(360, 640))) {
            assertThat(opened.page.evaluate("document.documentElement.scrollWidth"))
                    .isEqualTo(360);
            PageAppearance.screenshot(opened.page, SCREENSHOTS, "language-" + name);
        }
    }
}
