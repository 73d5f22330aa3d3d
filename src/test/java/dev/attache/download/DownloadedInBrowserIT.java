package dev.attache.download;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import dev.attache.sandbox.ReceivedMail;
import dev.attache.sandbox.SandboxTest;
import dev.attache.testing.KeyboardWalk;
import dev.attache.testing.PageAppearance;
import dev.attache.testing.RequiresChromium;
import dev.attache.testing.SharedChromium;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The way from a mail over the page of the worker to the file, in Chromium. */
@SandboxTest
@RequiresChromium
@Tag("conditional-writes")
class DownloadedInBrowserIT extends DownloadPageLoopTestBase {

    private static final String SCREENSHOTS = "download-page-of-the-worker";

    private BrowserContext context;
    private Page page;

    @BeforeEach
    void openBrowser() {
        context = SharedChromium.open();
        page = context.newPage();
    }

    @AfterEach
    void closeBrowser() {
        context.close();
    }

    /** Shows the mail, and follows its link to the page. */
    private void follow(ReceivedMail mail) {
        page.setContent(mail.html());
        page.locator("a[href^='" + publicUrl + "/d/']").first().click();
        assertThat(page.locator("button[name=item]")).hasCount(1);
    }

    private void assertDownloadedByKeyboard(String name) {
        KeyboardWalk.focus(page, 0);
        Download download = page.waitForDownload(() -> page.keyboard().press("Enter"));

        assertThat(download.suggestedFilename()).isEqualTo(name);
        assertThat(download.path()).hasBinaryContent(stored());
    }

    private byte[] stored() {
        return surroundings
                .clients()
                .s3()
                .getObjectAsBytes(it -> it.bucket(surroundings.bucket()).key(KEY))
                .asByteArray();
    }

    @Test
    void theLinkOfAMailLeadsToThePageAndItsButtonToTheFile() {
        send(requestId, "attachment.requested", """
            {"direction":"download","channel":"email","recipients":["%s"],
             "attachment":{"key":"%s","fileName":"Relatório São João – 報告.pdf"}}\
            """.formatted(ana, KEY));

        follow(mailbox.await(ana));

        PageAppearance.check(page, SCREENSHOTS, "page");
        assertDownloadedByKeyboard("Relatório São João – 報告.pdf");
    }

    @Test
    void theLinkOfAReminderLeadsToThePage() {
        mailedPage("PT1H", "{\"remindBefore\":\"PT59M59S\"}");
        Instant mailed = Instant.now();
        Awaitility.await("the reminder is due").until(() -> Instant.now().isAfter(mailed.plusSeconds(1)));
        settle(Duration.ofMinutes(2));

        follow(mailbox.await(ana, 2).getLast());

        assertDownloadedByKeyboard("contract-4711.pdf");
    }

    @Test
    void theLinkOfTheMailThatAnExpiredPageSendsLeadsToANewPage() {
        page.navigate(expiredPage(false));
        KeyboardWalk.focus(page, 0);
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("Check your email");

        follow(mailbox.await(ana));

        assertDownloadedByKeyboard("contract.pdf");
    }

    @Test
    void anAddressWithoutAPageHasAnAccessibleOne() {
        page.navigate(publicUrl + "/missing");

        assertThat(page.locator("h1")).hasText("There is nothing at this address");
        PageAppearance.check(page, SCREENSHOTS, "missing");
    }
}
