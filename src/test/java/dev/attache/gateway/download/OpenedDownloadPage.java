package dev.attache.gateway.download;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.attache.contract.value.SignedUrl;
import dev.attache.download.DownloadUsage.Result;
import dev.attache.gateway.PageServer;
import dev.attache.testing.SharedChromium;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A download page in Chromium. Its buttons lead to the storage, unless it refuses them. */
final class OpenedDownloadPage implements AutoCloseable {

    private static final String LOGO = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"40\">"
            + "<rect width=\"120\" height=\"40\" rx=\"8\" fill=\"#0f766e\"/></svg>";

    final List<String> consoleMessages = new CopyOnWriteArrayList<>();

    final DownloadPageFixture fixture;

    final Page page;

    private final StorageServer storage;

    private final PageServer server;

    private final BrowserContext context;

    /** @param options changes the options of a British browser */
    OpenedDownloadPage(DownloadPageFixture fixture, StorageServer storage, Consumer<Browser.NewContextOptions> options)
            throws IOException {
        this.fixture = fixture;
        this.storage = storage;
        if (fixture.downloads.result instanceof Result.Redirect) {
            fixture.downloads.result =
                    new Result.Redirect(new SignedUrl(storage.origin() + "/report.pdf?X-Amz-Signature=x"));
        }
        server = new PageServer("/", fixture.browser());
        Browser.NewContextOptions chosen = new Browser.NewContextOptions().setLocale("en-GB");
        if (fixture.userAgent != null) {
            chosen.setUserAgent(fixture.userAgent);
        }
        options.accept(chosen);
        context = SharedChromium.open(chosen);
        context.route(
                "https://cdn.acme.example/**",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("image/svg+xml")
                        .setBody(LOGO)));
        context.route(
                "https://acme.example/**", route -> route.fulfill(new Route.FulfillOptions().setBody("of the sender")));
        page = context.newPage();
        page.onConsoleMessage(message -> consoleMessages.add(message.text()));
        load();
    }

    /** Opens a state, and what follows from its button. */
    static OpenedDownloadPage of(
            DownloadPageStates state, StorageServer storage, Consumer<Browser.NewContextOptions> options)
            throws IOException {
        DownloadPageFixture fixture = state.fixture();
        fixture.storage = storage.origin();
        OpenedDownloadPage opened = new OpenedDownloadPage(fixture, storage, options);
        opened.reach(state);
        return opened;
    }

    /** Opens the page again. */
    void load() {
        page.navigate(server.origin() + fixture.path);
    }

    /** Does on the page what its state follows from, and waits for it. */
    void reach(DownloadPageStates state) {
        switch (state.reached) {
            case OPENED -> {
                // Nothing is pressed.
            }
            case PRESSED -> page.locator("button[name=item]").first().click();
            case TYPED -> {
                page.locator("#address").fill(DownloadPageStates.OTHER_ADDRESS);
                page.locator("button[name=item]").first().click();
            }
            case RENEWED -> page.locator("form.next button").click();
        }
        assertShown(state);
    }

    void assertShown(DownloadPageStates state) {
        assertThat(page.locator(state.reached == DownloadPageStates.Reached.TYPED ? "#problem" : "h1"))
                .hasText(state.text);
    }

    /** Expects that the action downloads the file. */
    void assertDownloaded(Runnable action) {
        int before = storage.received.size();
        Download download = page.waitForDownload(action);

        assertThat(download.suggestedFilename()).isEqualTo(StorageServer.NAME);
        assertThat(download.path()).hasBinaryContent(StorageServer.FILE);
        assertThat(storage.received.subList(before, storage.received.size())).containsExactly("GET /report.pdf");
    }

    @Override
    public void close() {
        context.close();
        server.close();
    }
}
