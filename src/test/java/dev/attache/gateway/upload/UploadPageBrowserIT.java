package dev.attache.gateway.upload;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import dev.attache.contract.value.UploadTerms;
import dev.attache.ledger.OpenUpload.Arrival;
import dev.attache.ledger.UploadBuilder;
import dev.attache.testing.RequiresChromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file on the page, in Chromium: sent to another origin, refused, interrupted, changed. */
@RequiresChromium
class UploadPageBrowserIT {

    private static final FilePayload PDF = OpenedUploadPage.PDF;

    private static final String KEY = "uploads/crm/" + UploadPageFixture.ID + "/1";

    private static final String THANKS = "Thank you, we have it";

    @TempDir
    private Path folder;

    private OpenedUploadPage opened;
    private UploadPageServer server;
    private Page page;

    @BeforeEach
    void openThePage() throws IOException {
        open(OpenedUploadPage.withClock(UploadPageFixture.TERMS));
    }

    private void open(OpenedUploadPage shown) {
        opened = shown;
        server = opened.server;
        page = opened.page;
    }

    @AfterEach
    void closeThePage() {
        opened.close();
    }

    @Test
    void aFileIsSentDirectlyToTheStorageOnAnotherOriginAndThankedForByName() {
        opened.send(PDF);

        opened.assertDone(THANKS, "Contract.pdf");
        assertThat(page.locator("#done-list")).containsText("4.2 kB");
        assertThat(page.locator("#done-list time")).hasText("21 November 2026 at 06:00 GMT\u20113");
        assertThat(page.locator("#done-reference")).hasText(Pattern.compile("[0-9A-Z]{4}-[0-9A-Z]{4}"));
        assertThat(server.calls).containsExactly("sign", "arrived");
        assertThat(server.storage.received).singleElement().satisfies(put -> {
            assertThat(put.contentType()).isEqualTo("application/pdf");
            assertThat(put.ifNoneMatch()).isEqualTo("*");
            assertThat(put.size()).isEqualTo(4200);
        });
        assertThat(opened.consoleMessages).isEmpty();
    }

    @Test
    void theReceiptIsShownAgainWhenThePageIsLoadedAgain() {
        opened.send(PDF);
        opened.assertDone(THANKS, "Contract.pdf");

        page.navigate(server.page());

        assertThat(page.locator("h1")).hasText("Your file has already arrived");
        assertThat(page.locator(".receipt .name")).hasText("Contract.pdf");
        assertThat(page.locator("#file")).hasCount(0);
    }

    @Test
    void anExpiredLinkIsSignedAgain() {
        server.storage.statuses.addAll(List.of(403, 403));

        opened.send(PDF);

        opened.assertDone(THANKS, "Contract.pdf");
        assertThat(server.calls).filteredOn("sign"::equals).hasSize(3);
    }

    @Test
    void aLinkIsSignedAgainTwiceAtMost() {
        server.storage.statuses.addAll(List.of(403, 403, 403, 403));

        opened.send(PDF);

        assertThat(opened.row("Contract.pdf").locator(".retry")).isFocused();
        assertThat(opened.state("Contract.pdf")).containsText("That did not work");
        assertThat(server.calls).filteredOn("sign"::equals).hasSize(3);
    }

    @Test
    void errorsOfTheStorageAreRepeatedWithoutThePerson() {
        server.storage.statuses.addAll(List.of(503, 500, 429));

        opened.send(PDF);
        for (int i = 0; i < 3; i++) {
            page.waitForResponse("**/uploads/**", () -> opened.afterPause("Contract.pdf", "The server is busy"));
        }

        opened.assertDone(THANKS, "Contract.pdf");
    }

    @Test
    void aWorkerThatIsBusyOrAwayIsAskedAgainWithoutThePerson() {
        page.route("**/sign", route -> route.abort("connectionreset"), new Page.RouteOptions().setTimes(1));
        page.route(
                "**/arrived",
                route -> route.fulfill(
                        new Route.FulfillOptions().setStatus(429).setHeaders(Map.of("Retry-After", "20"))),
                new Page.RouteOptions().setTimes(1));

        opened.send(PDF);
        opened.afterPause("Contract.pdf", "The connection was interrupted");
        opened.afterPause("Contract.pdf", "The server is busy");

        opened.assertDone(THANKS, "Contract.pdf");
    }

    @Test
    void aFileWhoseConfirmationWasLostIsNotSentAgain() {
        server.storage.losesAnswers = true;

        opened.send(PDF);
        opened.afterPause("Contract.pdf", "The connection was interrupted");

        opened.assertDone("Your file has already arrived", "Contract.pdf");
        assertThat(server.calls).containsExactly("sign", "sign");
    }

    @Test
    void anUploadThatStandsStillIsNoticedAndRepeated() {
        server.storage.reading = new CountDownLatch(1);
        opened.send(PDF);
        page.waitForCondition(() -> server.calls.contains("sign"));
        assertThat(opened.state("Contract.pdf")).containsText("Sending");

        page.clock().fastForward(31_000);
        opened.afterPause("Contract.pdf", "The connection was interrupted");
        server.storage.reading.countDown();

        assertThat(page.locator("#done-heading")).isVisible();
    }

    @Test
    void withoutAConnectionSendingWaitsUntilItIsBack() {
        opened.choose(PDF);
        page.context().setOffline(true);
        page.locator("#send").click();
        assertThat(opened.state("Contract.pdf")).containsText("You are offline");
        page.clock().fastForward(600_000);
        assertThat(opened.row("Contract.pdf").locator(".cancel")).isFocused();

        page.context().setOffline(false);

        opened.assertDone(THANKS, "Contract.pdf");
    }

    @Test
    void withoutConfirmationNobodyIsThanked() {
        opened.fixture.files.hidden = true;

        page.waitForResponse("**/arrived", () -> opened.send(PDF));
        for (int i = 0; i < 3; i++) {
            page.waitForResponse("**/arrived", () -> opened.afterPause("Contract.pdf", "Checking that it has arrived"));
        }
        assertThat(opened.state("Contract.pdf")).containsText("cannot confirm yet");
        assertThat(page.locator("#done-heading")).isHidden();
        opened.fixture.files.hidden = false;
        opened.row("Contract.pdf").locator(".retry").click();

        opened.assertDone(THANKS, "Contract.pdf");
        assertThat(server.storage.received).hasSize(1);
    }

    @Test
    void anotherFileThatArrivedMeanwhileIsNamedAndThisOneIsReportedAsNotTaken() {
        opened.choose(PDF);
        opened.fixture.ledger.upload = UploadBuilder.arrived(
                opened.fixture.ledger.upload,
                new Arrival(KEY, null, "etag", null, 99, "application/pdf", UploadPageFixture.NOW, "Other.pdf"));

        page.locator("#send").click();

        assertThat(opened.state("Contract.pdf")).containsText("Another file has already arrived");
        assertThat(page.locator("#received .name")).hasText("Other.pdf");
        assertThat(page.locator("#done-heading")).isHidden();
        assertThat(page.locator(".retry")).isHidden();
        assertThat(page.locator("#choose")).isHidden();
    }

    @Test
    void aFileThatWasChangedAfterItWasChosenIsNamedWithoutAUselessRetry() throws IOException {
        Path file = Files.writeString(folder.resolve("Draft.pdf"), "first version");
        page.locator("#file").setInputFiles(file);
        Files.writeString(file, "a longer second version");

        page.locator("#send").click();

        assertThat(opened.state("Draft.pdf")).containsText("was changed or moved after you chose it");
        assertThat(page.locator(".retry")).isHidden();
        assertThat(opened.row("Draft.pdf").locator(".remove")).isFocused();
        assertThat(server.storage.received).isEmpty();
        page.keyboard().press("Enter");
        assertThat(page.locator("#file")).isFocused();
        page.locator("#file").setInputFiles(file);
        assertThat(page.locator("#send")).isFocused();
        page.keyboard().press("Enter");
        opened.assertDone(THANKS, "Draft.pdf");
    }

    @Test
    void aFileOfAnotherTypeIsRefusedWithItsNameAndSize() {
        opened.choose(new FilePayload("notes.txt", "text/plain", new byte[1234]));

        assertThat(page.locator("#problem")).containsText("notes.txt");
        assertThat(page.locator("#problem")).containsText("(1.2 kB)");
        assertThat(page.locator("#problem")).containsText("Files of this type are not accepted");
        assertThat(page.locator(".row")).hasCount(0);
        assertThat(server.calls).isEmpty();
    }

    @Test
    void aRefusalByTheServerIsShown() {
        opened.send(new FilePayload("what.unheard-of", "", new byte[1]));

        assertThat(opened.state("what.unheard-of")).containsText("Files of this type are not accepted");
        assertThat(page.locator(".retry")).isHidden();
        assertThat(opened.row("what.unheard-of").locator(".remove")).isFocused();
    }

    @Test
    void aFileThatIsSlightlyTooLargeReadsAsLargerThanTheLimit() throws IOException {
        opened.close();
        open(OpenedUploadPage.of(new UploadTerms(List.of("application/pdf"), 2 << 20, null, null, null)));

        opened.choose(OpenedUploadPage.pdf("Scan.pdf", (2 << 20) + 1));

        assertThat(page.locator("#terms")).containsText("2\u00a0MB at most");
        assertThat(page.locator("#problem")).containsText("Scan.pdf");
        assertThat(page.locator("#problem")).containsText("(2.000001 MB)");
    }

    @Test
    void aCancelledFileIsKeptAndCanBeSentAgain() {
        server.storage.reading = new CountDownLatch(1);
        opened.send(PDF);
        assertThat(opened.row("Contract.pdf").locator(".cancel")).isFocused();
        assertThat(opened.state("Contract.pdf")).containsText("Sending");

        page.keyboard().press("Enter");
        assertThat(opened.state("Contract.pdf")).containsText("Cancelled");
        assertThat(opened.row("Contract.pdf").locator(".retry")).isFocused();
        server.storage.reading.countDown();
        page.keyboard().press("Enter");

        assertThat(page.locator("#done-heading")).isVisible();
    }

    @Test
    void thePageNoticesThatItsTimeHasRunOut() {
        opened.choose(PDF);
        opened.fixture.ledger.upload = UploadBuilder.from(opened.fixture.ledger.upload)
                .expiresAt(UploadPageFixture.NOW)
                .build();

        page.clock().fastForward(86_400_000);

        assertThat(page.locator("#problem")).containsText("The time to send a file is over");
        assertThat(opened.state("Contract.pdf")).containsText("The time to send a file is over");
        assertThat(page.locator("#send")).isHidden();
        assertThat(page.locator("#decline")).isHidden();
    }

    @Test
    void thePageStaysOpenIfItsTimeWasExtended() {
        page.clock().fastForward(86_400_000);

        opened.send(PDF);

        opened.assertDone(THANKS, "Contract.pdf");
    }
}
