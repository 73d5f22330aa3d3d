package dev.attache.gateway.upload;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.attache.contract.value.UploadTerms;
import dev.attache.testing.RequiresChromium;
import dev.attache.upload.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several files on the page, in Chromium; and the ways to end a request. */
@RequiresChromium
class SeveralFilesBrowserIT {

    private static final FilePayload FIRST = OpenedUploadPage.pdf("First.pdf", 1000);
    private static final FilePayload SECOND = OpenedUploadPage.pdf("Second.pdf", 2000);
    private static final FilePayload THIRD = OpenedUploadPage.pdf("Third.pdf", 3000);

    private OpenedUploadPage opened;
    private UploadPageServer server;
    private Page page;

    @BeforeEach
    void openThePage() throws IOException {
        open(3);
    }

    private void open(int maxFiles) throws IOException {
        opened = OpenedUploadPage.of(
                new UploadTerms(List.of("application/pdf"), 25_000_000, null, null, null, maxFiles));
        server = opened.server;
        page = opened.page;
    }

    @AfterEach
    void closeThePage() {
        opened.close();
    }

    @Test
    void allFilesAreSentAndTheLastOneCompletesTheRequest() {
        assertThat(page.locator("#left")).hasText("You can send 3 more files.");

        opened.choose(FIRST, SECOND, THIRD);
        assertThat(page.locator("#send")).hasText("Send files");
        assertThat(page.locator("#choose")).isHidden();
        page.locator("#send").click();

        opened.assertDone("Thank you, we have your files", "First.pdf", "Second.pdf", "Third.pdf");
        assertThat(opened.fixture.ledger.upload.completion()).isNotNull();
        assertThat(opened.consoleMessages).isEmpty();
    }

    @Test
    void thePersonSaysThatTheyHaveSentEverything() {
        opened.send(FIRST);
        assertThat(opened.state("First.pdf")).containsText("Received on");
        assertThat(page.locator("#left")).hasText("You can send 2 more files.");
        assertThat(page.locator("#decline")).isHidden();

        opened.send(SECOND);
        assertThat(page.locator("#status")).hasText("2 of 2 files received.");
        page.locator("#finish").focus();
        page.keyboard().press("Enter");

        opened.assertDone("Thank you, we have your files", "First.pdf", "Second.pdf");
        assertThat(page.locator("#done-reference"))
                .hasText(Receipt.of(opened.fixture.ledger.upload).reference());
        page.reload();
        assertThat(page.locator(".receipt .name")).hasText(new String[] {"First.pdf", "Second.pdf"});
    }

    @Test
    void eachFileHasItsOwnStateAndActions() {
        // One for each of the two files that are sent at the same time: the cancelled one may have reached the storage.
        server.storage.statuses.addAll(List.of(400, 400));
        server.storage.reading = new CountDownLatch(1);
        opened.choose(FIRST, SECOND, THIRD);

        opened.row("Second.pdf").locator(".remove").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".row")).hasCount(2);
        assertThat(opened.row("Third.pdf").locator(".remove")).isFocused();
        page.locator("#send").click();
        opened.row("Third.pdf").locator(".cancel").click();
        assertThat(opened.state("Third.pdf")).containsText("Cancelled");
        server.storage.reading.countDown();

        assertThat(opened.row("First.pdf").locator(".retry")).isVisible();
        server.storage.statuses.clear();
        opened.row("First.pdf").locator(".retry").click();
        assertThat(opened.state("First.pdf")).containsText("Received on");
        assertThat(opened.state("Third.pdf")).containsText("Cancelled");
        page.reload();
        assertThat(page.locator("#received .name")).hasText("First.pdf");
    }

    @Test
    void theProgressOfAFileIsShown() {
        server.storage.reading = new CountDownLatch(1);

        opened.send(OpenedUploadPage.pdf("Large.pdf", 8_000_000));

        assertThat(opened.row("Large.pdf").locator("progress")).isVisible();
        page.waitForFunction("() => document.querySelector('progress').value > 0");
        assertThat(page.locator("#status")).hasText("Sending your file. Please keep this page open.");
        server.storage.reading.countDown();
        assertThat(opened.state("Large.pdf")).containsText("Received on");
    }

    @Test
    void moreFilesThanAreAskedForAreNotChosenSilently() {
        opened.choose(FIRST);
        opened.choose(SECOND, THIRD, OpenedUploadPage.pdf("Fourth.pdf", 4));

        assertThat(page.locator("#problem"))
                .hasText("3 files were chosen, but only 2 can be added. None was added: please choose again.");
        assertThat(page.locator(".row")).hasCount(1);
    }

    @Test
    void oneWrongFileOfSeveralIsNamedAndTheOthersAreChosen() {
        opened.choose(FIRST, new FilePayload("run.exe", "application/x-msdownload", new byte[10]));

        assertThat(page.locator("#problem")).containsText("run.exe");
        assertThat(page.locator(".row .name")).hasText("First.pdf");
    }

    @Test
    void theSameFileIsNotChosenTwice(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("Scan.pdf"), "scan");
        page.locator("#file").setInputFiles(file);

        page.locator("#file").setInputFiles(file);

        assertThat(page.locator("#problem")).containsText("This file is already in the list");
        assertThat(page.locator(".row")).hasCount(1);
    }

    @Test
    void severalFilesThatAreDroppedWhereOneIsAskedForAreNotChosenSilently() throws IOException {
        opened.close();
        open(1);

        drop("""
            for (const name of ['a.pdf', 'b.pdf']) data.items.add(new File(['x'], name, {type: 'application/pdf'}));\
            """, "");

        assertThat(page.locator("#problem")).containsText("Only one file can be sent, but several were chosen");
        assertThat(page.locator(".row")).hasCount(0);
        drop("data.items.add(new File(['x'], 'a.pdf', {type: 'application/pdf'}));", "");
        assertThat(page.locator(".row")).hasCount(1);
        assertThat(page.locator("#problem")).isHidden();
    }

    @Test
    void aFolderThatIsDroppedIsExplained() {
        drop(
                "data.items.add(new File(['x'], 'folder'));",
                "DataTransferItem.prototype.webkitGetAsEntry = () => ({isDirectory: true});");

        assertThat(page.locator("#problem")).containsText("A folder cannot be sent");
        assertThat(page.locator(".row")).hasCount(0);
    }

    /** Drops what a script adds to {@code data}; Playwright itself cannot drop files. */
    private void drop(String content, String before) {
        page.evaluate("() => { " + before + " const data = new DataTransfer(); " + content
                + " document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true})); }");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "The notary has it."})
    void aPersonWhoCannotProvideTheFileSaysSo(String reason) {
        page.locator("#decline summary").focus();
        page.keyboard().press("Enter");
        page.locator("#reason").fill(reason);
        page.locator("#decline-send").click();

        assertThat(page.locator("#done-heading")).hasText("Acme <Contracts> has been told");
        assertThat(page.locator("#done-heading")).isFocused();
        assertThat(opened.fixture.ledger.upload.declined()).isNotNull();
        assertThat(opened.fixture.ledger.upload.declined().reason()).isEqualTo(reason.isEmpty() ? null : reason);
        page.reload();
        assertThat(page.locator("h1")).hasText("You cannot provide this");
    }

    @Test
    void aFileThatArrivedInAnotherTabPreventsADecline() {
        Page second = page.context().newPage();
        second.navigate(server.page());
        opened.send(FIRST);
        assertThat(opened.state("First.pdf")).containsText("Received on");

        second.locator("#decline summary").click();
        second.locator("#decline-send").click();

        assertThat(second.locator("#problem")).containsText("A file has arrived");
    }

    @Test
    void ofTwoTabsWithOneFileLeftBothLearnWhatArrived() throws IOException {
        opened.close();
        open(1);
        Page second = page.context().newPage();
        second.navigate(server.page());
        server.storage.reading = new CountDownLatch(1);
        opened.send(FIRST);
        assertThat(opened.state("First.pdf")).containsText("Sending");
        second.locator("#file").setInputFiles(SECOND);
        second.locator("#send").click();
        assertThat(second.locator(".state")).containsText("Sending");

        server.storage.reading.countDown();

        Page winner = "First.pdf".equals(arrivedName()) ? page : second;
        Page loser = winner == page ? second : page;
        assertThat(winner.locator("#done-list .name")).hasText(arrivedName());
        assertThat(loser.locator(".state")).containsText("Another file has already arrived");
        assertThat(loser.locator("#received .name")).hasText(arrivedName());
        assertThat(loser.locator("#done-heading")).isHidden();
    }

    private String arrivedName() {
        page.waitForCondition(() -> !opened.fixture.ledger.upload.arrived().isEmpty());
        return Receipt.of(opened.fixture.ledger.upload).files().getFirst().name();
    }
}
