package dev.attache.gateway.upload;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.attache.testing.KeyboardWalk;
import dev.attache.testing.PageAppearance;
import dev.attache.testing.RequiresChromium;
import dev.attache.testing.SharedChromium;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page's script in Chromium, when the storage refuses a file and when the connection is lost. */
@RequiresChromium
class UploadPageBrowserIT {

    private static final FilePayload PDF = new FilePayload("Contract.pdf", "application/pdf", new byte[4200]);

    private final UploadPageFixture fixture = new UploadPageFixture(UploadPageFixture.TERMS);
    private final List<String> consoleMessages = new CopyOnWriteArrayList<>();
    private UploadPageServer server;
    private Page page;

    private static final String KEY = "uploads/crm/" + UploadPageFixture.ID + "/1";

    @BeforeEach
    void openThePage() throws IOException {
        server = new UploadPageServer(fixture);
        page = SharedChromium.open().newPage();
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

    @Test
    void everyStepIsAccessibleAndReachedByKeyboard() {
        assertAccessible("choose");
        page.locator("#file").setInputFiles(PDF);
        assertAccessible("chosen");
        KeyboardWalk.check(page);
        server.storageAnswers.add(500);
        page.locator("#send").click();
        assertThat(page.locator("#retry")).isVisible();
        assertAccessible("failed");
        page.locator("#retry").click();
        assertThat(page.locator("#done-heading")).hasText("Thank you, we have it");
        assertAccessible("done");
    }

    @Test
    void withoutJavaScriptThePageSaysThatItIsNeeded() {
        page.context().close();
        page = SharedChromium.open(
                        new Browser.NewContextOptions().setLocale("en-GB").setJavaScriptEnabled(false))
                .newPage();
        page.navigate(server.origin() + "/u/" + UploadPageFixture.PAGE);

        assertThat(page.locator("noscript p")).containsText("This page needs JavaScript");
        assertThat(page.locator("#work")).isHidden();
        PageAppearance.screenshot(page, "upload-page", "without-script");
    }

    private void assertAccessible(String step) {
        PageAppearance.check(page, "upload-page", step);
    }

    private void send() {
        page.locator("#file").setInputFiles(PDF);
        assertThat(page.locator("#send")).isFocused();
        page.keyboard().press("Enter");
    }
}
