package dev.attache.gateway.download;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.sun.net.httpserver.HttpServer;
import dev.attache.contract.value.SignedUrl;
import dev.attache.download.DownloadUsage.Result;
import dev.attache.gateway.PageServer;
import dev.attache.testing.Chromium;
import dev.attache.testing.RequiresChromium;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The download page in Chromium, with a storage of another origin. */
@RequiresChromium
class DownloadPageBrowserIT {

    private static final Path SCREENSHOTS = Path.of("target/screenshots/download-page");

    private static final String LOGO = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"40\">"
            + "<rect width=\"120\" height=\"40\" rx=\"8\" fill=\"#0f766e\"/></svg>";

    /** Milliseconds; a busy machine needs most of it. */
    private static final double TIMEOUT = 60_000;

    private static Playwright playwright;
    private static Browser chromium;
    private static String axe;

    private final List<String> stored = new CopyOnWriteArrayList<>();
    private final List<String> consoleMessages = new CopyOnWriteArrayList<>();
    private HttpServer storage;
    private PageServer server;
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void startChromium() throws IOException {
        PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Chromium.executable())
                        .setArgs(List.of("--no-sandbox")));
        try (InputStream script =
                Objects.requireNonNull(DownloadPageBrowserIT.class.getResourceAsStream("/axe.min.js"))) {
            axe = new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @AfterAll
    static void stopChromium() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void startTheStorage() throws IOException {
        storage = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        storage.createContext("/", exchange -> {
            stored.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
            exchange.getResponseHeaders().set("Content-Type", "application/pdf");
            exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"Report 1.pdf\"");
            exchange.sendResponseHeaders(200, 4);
            exchange.getResponseBody().write("%PDF".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        storage.start();
    }

    @AfterEach
    void stop() {
        if (context != null) {
            context.close();
        }
        if (server != null) {
            server.close();
        }
        storage.stop(0);
    }

    private URI storageOrigin() {
        return URI.create("http://127.0.0.1:" + storage.getAddress().getPort());
    }

    /** Opens a page whose buttons lead to the storage, unless it refuses them. */
    private void open(DownloadPageFixture fixture, Consumer<Browser.NewContextOptions> options) throws IOException {
        if (fixture.downloads.result instanceof Result.Redirect) {
            fixture.downloads.result =
                    new Result.Redirect(new SignedUrl(storageOrigin() + "/report.pdf?X-Amz-Signature=x"));
        }
        server = new PageServer("/d/", fixture.browser());
        Browser.NewContextOptions chosen = new Browser.NewContextOptions().setLocale("en-GB");
        options.accept(chosen);
        context = chromium.newContext(chosen);
        context.route(
                "https://cdn.acme.example/**",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("image/svg+xml")
                        .setBody(LOGO)));
        page = context.newPage();
        page.setDefaultTimeout(TIMEOUT);
        page.onConsoleMessage(message -> consoleMessages.add(message.text()));
        page.navigate(server.origin() + "/d/" + DownloadPageFixture.TOKEN);
    }

    private DownloadPageFixture withStorage(DownloadPageFixture fixture) {
        fixture.storage = storageOrigin();
        return fixture;
    }

    private void assertDownloaded(Runnable action) {
        Download download = page.waitForDownload(action);

        assertThat(download.suggestedFilename()).isEqualTo("Report 1.pdf");
        assertThat(stored).containsExactly("GET /report.pdf");
    }

    private void assertAccessible(String circumstances) {
        page.evaluate(axe);
        Map<?, ?> result = (Map<?, ?>) page.evaluate("async () => { const result = "
                + "await axe.run({rules: {'target-size': {enabled: true}}}); return {"
                + "passed: result.passes.map(it => it.id), violated: result.violations.map("
                + "it => it.id + ': ' + it.nodes.map(node => node.html + ' ' + node.failureSummary).join(' | '))}; }");

        assertThat((List<?>) result.get("violated")).as(circumstances).isEmpty();
        assertThat(((List<?>) result.get("passed")).stream().map(String::valueOf))
                .as(circumstances)
                .contains("color-contrast", "document-title", "html-has-lang");
    }

    /** Waits for the page of the state. */
    private void assertShown(DownloadPageStates state) {
        assertThat(page.locator(state == DownloadPageStates.WRONG_ADDRESS ? "#problem" : "h1"))
                .hasText(
                        switch (state) {
                            case OTHER_SCRIPTS -> "تقرير 2026 (Q3)";
                            case PURCHASE -> "Your purchase from Acme <Contracts>";
                            case WRONG_ADDRESS ->
                                "This link was sent to another address. Check the spelling, or enter another address"
                                        + " of yours.";
                            case EXHAUSTED -> "This link has been used";
                            case EXPIRED, RENEWABLE -> "This link has expired";
                            case RENEWED -> "Check your email";
                            case REVOKED -> "This link has been withdrawn";
                            case NOT_YET -> "Not ready yet";
                            case OBJECT_GONE -> "This file no longer exists";
                            default -> "Your <quarterly> report";
                        });
    }

    private void screenshot(DownloadPageStates state, String variant) {
        String name = state.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + variant + ".png";
        page.screenshot(
                new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name)).setFullPage(true));
    }

    @ParameterizedTest
    @EnumSource
    void everyPageIsAccessibleInLightDarkAndForcedColoursAndFitsANarrowScreen(DownloadPageStates state)
            throws IOException {
        open(state.fixture(), options -> options.setViewportSize(1000, 700));
        if (state.pressed) {
            if (page.locator("#address").count() > 0) {
                page.locator("#address").fill("other@example.com");
            }
            page.locator("button").first().click();
        }
        assertShown(state);
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            assertAccessible(scheme.name());
            screenshot(state, scheme.name().toLowerCase(Locale.ROOT));
        }
        page.emulateMedia(
                new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT).setForcedColors(ForcedColors.ACTIVE));
        assertAccessible("forced colours");
        screenshot(state, "forced");
        page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.NONE));
        page.setViewportSize(360, 640);
        assertAccessible("360 pixels");
        screenshot(state, "360");

        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
        assertThat(consoleMessages)
                .filteredOn(text -> text.contains("Content Security Policy"))
                .isEmpty();
    }

    /** Chromium applies form-action to the redirect. */
    @Test
    void aButtonLeadsToTheStorageOfAnotherOrigin() throws IOException {
        open(withStorage(new DownloadPageFixture()), options -> {});

        assertDownloaded(() -> page.locator("button").click());
        assertThat(page.locator("h1")).hasText("Your <quarterly> report");
        assertThat(consoleMessages).isEmpty();
    }

    @Test
    void aStorageThatThePolicyDoesNotNameIsNotAsked() throws IOException {
        open(new DownloadPageFixture(), options -> {});

        page.waitForConsoleMessage(() -> page.locator("button").click());

        assertThat(consoleMessages).anyMatch(text -> text.contains("form-action"));
        assertThat(stored).isEmpty();
    }

    @Test
    void aFileIsDownloadedWithoutJavaScript() throws IOException {
        open(withStorage(new DownloadPageFixture()), options -> options.setJavaScriptEnabled(false));

        assertDownloaded(() -> page.locator("button").click());
    }

    @Test
    void aFileIsDownloadedByKeyboard() throws IOException {
        open(withStorage(new DownloadPageFixture().files(3)), options -> {});
        page.keyboard().press("Tab");
        assertThat(page.locator("button").first()).isFocused();
        page.keyboard().press("Tab");
        assertThat(page.locator("button").nth(1)).isFocused();

        assertDownloaded(() -> page.keyboard().press("Enter"));
    }

    @Test
    void aButtonIsNamedAfterItsFile() throws IOException {
        open(new DownloadPageFixture().files(50), options -> {});

        assertThat(page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions()
                                .setName("Download Report 50.pdf")
                                .setExact(true)))
                .hasCount(1);
    }

    @Test
    void aTypedAddressIsSentWithTheButton() throws IOException {
        DownloadPageFixture fixture = withStorage(new DownloadPageFixture().confirmed());
        open(fixture, options -> {});

        page.keyboard().press("Tab");
        page.keyboard().type("ana@example.com");
        assertDownloaded(() -> page.keyboard().press("Enter"));

        assertThat(fixture.downloads.pressed).containsExactly("0 ana@example.com");
    }

    @Test
    void withoutAnAddressTheBrowserAsksForIt() throws IOException {
        DownloadPageFixture fixture = withStorage(new DownloadPageFixture().confirmed());
        open(fixture, options -> {});

        page.locator("button").click();

        assertThat(page.locator("#address:invalid")).isFocused();
        assertThat(fixture.downloads.pressed).isEmpty();
    }

    @Test
    void theFieldOfAWrongAddressIsFocusedAndDescribed() throws IOException {
        open(DownloadPageStates.WRONG_ADDRESS.fixture(), options -> {});
        page.locator("#address").fill("other@example.com");
        page.locator("button").click();

        assertThat(page.locator("#address")).isFocused();
        assertThat(page.locator("#address")).hasValue("other@example.com");
        assertThat(page.locator("#address"))
                .hasAccessibleDescription(Pattern.compile("^This link was sent to another address"));
    }

    @Test
    void aNewLinkIsAskedForByOneButton() throws IOException {
        DownloadPageFixture fixture = DownloadPageStates.RENEWABLE.fixture();
        open(fixture, options -> options.setJavaScriptEnabled(false));

        page.locator("button").click();

        assertThat(page.locator("h1")).hasText("Check your email");
        assertThat(fixture.downloads.renewals).isEqualTo(1);
    }

    @Test
    void fromARefusedFileALinkLeadsBackToTheOthers() throws IOException {
        open(DownloadPageStates.OBJECT_GONE.fixture(), options -> {});
        page.locator("button").first().click();
        assertThat(page.locator("h1")).hasText("This file no longer exists");

        page.locator("a.button").click();

        assertThat(page.locator("button")).hasCount(3);
    }
}
