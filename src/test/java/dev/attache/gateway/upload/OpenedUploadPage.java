package dev.attache.gateway.upload;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.attache.contract.value.UploadTerms;
import dev.attache.testing.SharedChromium;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;

/** The upload page in Chromium, with its server and a storage on another origin. */
final class OpenedUploadPage implements AutoCloseable {

    static final FilePayload PDF = pdf("Contract.pdf", 4200);

    final UploadPageFixture fixture;
    final UploadPageServer server;
    final Page page;
    final List<String> consoleMessages = new CopyOnWriteArrayList<>();

    private OpenedUploadPage(UploadPageFixture fixture) throws IOException {
        this.fixture = fixture;
        server = new UploadPageServer(fixture);
        page = SharedChromium.open().newPage();
        page.onConsoleMessage(message -> consoleMessages.add(message.text()));
        page.onPageError(error -> consoleMessages.add(error));
        // Leaving the page while a file is sent is confirmed.
        page.onDialog(Dialog::accept);
    }

    /** Opens the page of an upload with these terms. */
    static OpenedUploadPage of(UploadTerms terms) throws IOException {
        return of(new UploadPageFixture(terms));
    }

    static OpenedUploadPage of(UploadPageFixture fixture) throws IOException {
        OpenedUploadPage opened = new OpenedUploadPage(fixture);
        opened.page.navigate(opened.server.page());
        return opened;
    }

    /** Opens the page with a clock that the test moves on. */
    static OpenedUploadPage withClock(UploadTerms terms) throws IOException {
        OpenedUploadPage opened = new OpenedUploadPage(new UploadPageFixture(terms));
        opened.page.clock().install();
        opened.page.navigate(opened.server.page());
        return opened;
    }

    /**
     * Opens a page that sends larger files in parts.
     *
     * @param threshold in bytes
     */
    static OpenedUploadPage inParts(UploadPageFixture fixture, long threshold) throws IOException {
        fixture.multipartThreshold = threshold;
        OpenedUploadPage opened = new OpenedUploadPage(fixture);
        opened.server.acceptParts();
        opened.page.navigate(opened.server.page());
        return opened;
    }

    static FilePayload pdf(String name, int size) {
        return new FilePayload(name, "application/pdf", new byte[size]);
    }

    void choose(FilePayload... files) {
        page.locator("#file").setInputFiles(files);
    }

    void send(FilePayload... files) {
        choose(files);
        assertThat(page.locator("#send")).isFocused();
        page.keyboard().press("Enter");
    }

    /** The row of the file with this name. */
    Locator row(String name) {
        return page.locator(".row", new Page.LocatorOptions().setHasText(name));
    }

    Locator state(String name) {
        return row(name).locator(".state");
    }

    /**
     * Expects the page that thanks for the files. Two are sent at a time, and the first that is signed is the first.
     */
    void assertDone(String heading, String... names) {
        assertThat(page.locator("#done-heading")).hasText(heading);
        assertThat(page.locator("#done-heading")).isFocused();
        assertThat(page.locator("#done-list .name")).hasCount(names.length);
        Assertions.assertThat(page.locator("#done-list .name").allTextContents())
                .containsExactlyInAnyOrder(names);
    }

    /** Waits for a moment when the page waits for a timer, and moves its clock on. */
    void afterPause(String name, String sentence) {
        assertThat(state(name)).containsText(sentence);
        page.clock().fastForward(31_000);
    }

    @Override
    public void close() {
        page.context().close();
        server.close();
    }
}
