package dev.attache.gateway.upload;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import dev.attache.testing.Chromium;
import dev.attache.testing.RequiresChromium;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page's script in Chromium, when the storage refuses a file and when the connection is lost. */
@RequiresChromium
class UploadPageBrowserIT {

    private static final FilePayload PDF = new FilePayload("Contract.pdf", "application/pdf", new byte[4200]);

    /** Milliseconds; a busy machine needs most of it. */
    private static final double TIMEOUT = 60_000;

    private static Playwright playwright;
    private static Browser chromium;

    private final UploadPageFixture fixture = new UploadPageFixture(UploadPageFixture.TERMS);
    private final List<String> consoleMessages = new CopyOnWriteArrayList<>();
    private UploadPageServer server;
    private Page page;

    private static final String KEY = "uploads/crm/" + UploadPageFixture.ID + "/1";

    @BeforeAll
    static void startChromium() {
        PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Chromium.executable())
                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    static void stopChromium() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void openThePage() throws IOException {
        server = new UploadPageServer(fixture);
        page = chromium.newContext(new Browser.NewContextOptions().setLocale("en-GB"))
                .newPage();
        page.setDefaultTimeout(TIMEOUT);
        page.onConsoleMessage(message -> consoleMessages.add(message.text()));
        page.navigate(server.origin() + "/u/" + UploadPageFixture.PAGE);
    }

    @AfterEach
    void closeThePage() {
        if (page != null) {
            page.context().close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aFileIsSentDirectlyToTheStorage() {
        send();

        assertThat(page.locator("#done-heading")).hasText("Thank you, we have it");
        assertThat(page.locator("#done-heading")).isFocused();
        assertThat(server.received).containsExactly("sign", "put application/pdf * 4200");
        assertThat(consoleMessages).isEmpty();
    }

    @Test
    void anExpiredLinkIsSignedAgain() {
        server.storageAnswers.addAll(List.of(403, 403, 200));

        send();

        assertThat(page.locator("#done-heading")).hasText("Thank you, we have it");
        assertThat(server.received).filteredOn("sign"::equals).hasSize(3);
    }

    @Test
    void aLinkIsSignedAgainTwiceAtMost() {
        server.storageAnswers.addAll(List.of(403, 403, 403, 403));

        send();

        assertThat(page.locator("#problem")).isVisible();
        assertThat(page.locator("#retry")).isVisible();
        assertThat(server.received).filteredOn("sign"::equals).hasSize(3);
    }

    @Test
    void aFileThatArrivedBeforeTheConnectionWasLostIsReportedAsArrived() {
        page.route(
                "**/storage*",
                route -> {
                    fixture.files.add(KEY, PDF.name, PDF.buffer.length);
                    route.abort("connectionreset");
                },
                new Page.RouteOptions().setTimes(1));

        send();
        assertThat(page.locator("#problem")).containsText("The connection was lost");
        page.locator("#retry").click();

        assertThat(page.locator("#done-heading")).hasText("Your file has already arrived");
    }

    @Test
    void theSameFileInTheStorageIsReportedAsArrived() {
        server.storageAnswers.add(412);
        page.route(
                "**/storage*",
                route -> {
                    fixture.files.add(KEY, PDF.name, PDF.buffer.length);
                    route.resume();
                },
                new Page.RouteOptions().setTimes(1));

        send();

        assertThat(page.locator("#done-heading")).hasText("Your file has already arrived");
    }

    @Test
    void anotherFileInTheStorageIsReportedAsAProblem() {
        server.storageAnswers.add(412);
        page.route(
                "**/storage*",
                route -> {
                    fixture.files.add(KEY, "Other.pdf", 99);
                    route.resume();
                },
                new Page.RouteOptions().setTimes(1));

        send();

        assertThat(page.locator("#problem")).containsText("Another file has already arrived");
        assertThat(page.locator("#done-heading")).isHidden();
        assertThat(page.locator("#retry")).isHidden();
    }

    @Test
    void aFileOfAnotherTypeIsRefusedByTheScript() {
        page.locator("#file").setInputFiles(new FilePayload("notes.txt", "text/plain", new byte[1]));

        assertThat(page.locator("#problem")).containsText("Files of this type are not accepted");
        assertThat(server.received).isEmpty();
    }

    @Test
    void aRefusalByTheServerIsShown() {
        page.locator("#file").setInputFiles(new FilePayload("what.unheard-of", "", new byte[1]));
        page.locator("#send").click();

        assertThat(page.locator("#problem")).containsText("Files of this type are not accepted");
        assertThat(page.locator("#retry")).isHidden();
    }

    private void send() {
        page.locator("#file").setInputFiles(PDF);
        assertThat(page.locator("#send")).isFocused();
        page.keyboard().press("Enter");
    }
}
