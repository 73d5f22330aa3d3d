package dev.attache.gateway.download;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.attache.ledger.downloads.DownloadAccess.State;
import dev.attache.testing.RequiresChromium;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the download page does in Chromium, with a storage of another origin. */
@RequiresChromium
class DownloadPageBrowserIT {

    private StorageServer storage;
    private OpenedDownloadPage opened;
    private Page page;

    @BeforeEach
    void startTheStorage() throws IOException {
        storage = new StorageServer();
    }

    @AfterEach
    void stop() {
        if (opened != null) {
            opened.close();
        }
        storage.close();
    }

    private void open(DownloadPageFixture fixture, Consumer<Browser.NewContextOptions> options) throws IOException {
        opened = new OpenedDownloadPage(fixture, storage, options);
        page = opened.page;
    }

    private DownloadPageFixture withStorage(DownloadPageFixture fixture) {
        fixture.storage = storage.origin();
        return fixture;
    }

    /** Chromium applies form-action to the redirect. */
    @Test
    void aButtonLeadsToTheStorageOfAnotherOrigin() throws IOException {
        open(withStorage(new DownloadPageFixture()), options -> {});

        opened.assertDownloaded(() -> page.locator("button").click());
        assertThat(page.locator("h1")).hasText("Your <quarterly> report");
        assertThat(opened.consoleMessages).isEmpty();
    }

    @Test
    void aStorageThatThePolicyDoesNotNameIsNotAsked() throws IOException {
        open(new DownloadPageFixture(), options -> {});

        page.waitForConsoleMessage(() -> page.locator("button").click());

        assertThat(opened.consoleMessages).anyMatch(text -> text.contains("form-action"));
        assertThat(storage.received).isEmpty();
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

    /** The page says so to everyone who may hold it, whether or not a mail was sent. */
    @Test
    void theAnswerToARequestForANewLinkDoesNotSayWhetherOneWasSent() throws IOException {
        DownloadPageFixture fixture = DownloadPageStates.RENEWABLE.fixture();
        open(fixture, options -> {});
        page.locator("form.next button").click();
        assertThat(page.locator("h1")).hasText("Check your email");
        String answer = page.content();
        opened.load();

        fixture.show(new State.Expired(DownloadPageFixture.EXPIRY), false);
        page.locator("form.next button").click();
        assertThat(page.locator("h1")).hasText("Check your email");

        assertThat(page.content()).isEqualTo(answer);
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
