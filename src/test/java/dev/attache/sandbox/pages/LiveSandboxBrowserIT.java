package dev.attache.sandbox.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import dev.attache.sandbox.Upstream;
import dev.attache.testing.Chromium;
import dev.attache.testing.RequiresChromium;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The sandbox's page in Chromium shows what is new. */
@SandboxTest
@RequiresChromium
@Tag("published-messages")
class LiveSandboxBrowserIT {

    private static final double PATIENCE = 20_000;

    private static Playwright playwright;
    private static Browser chromium;

    @Autowired
    private Surroundings surroundings;

    @Autowired
    private Upstream upstream;

    @BeforeAll
    static void startChromium() {
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

    @AfterEach
    void closePages() {
        chromium.contexts().forEach(context -> context.close());
    }

    @Test
    void whatIsNewAppearsWithoutReloadingAndWhatIsOpenStaysOpen() {
        var page = open(true);
        var first = eventOf(page, send("Newsletter"));
        first.waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE));
        first.locator("summary").click();

        var second = eventOf(page, send("Download"));

        assertThat(second).isAttached(new LocatorAssertions.IsAttachedOptions().setTimeout(PATIENCE));
        assertThat(first.locator("pre")).isVisible();
        assertThat(page.locator("[data-live-state]")).hasText("Updated every two seconds.");
    }

    @Test
    void aMessageThatCannotSucceedAppearsAsADeadLetterWithCodeAndReason() {
        var page = open(true);
        assertThat(page.locator("[data-live-state]"))
                .hasText("Updated every two seconds.", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
        page.evaluate("() => { window.stillTheSamePage = true; }");
        var id = UUID.randomUUID().toString();

        upstream.send("attachment-requests", """
            {"specversion":"1.0","id":"%s","source":"crm","type":"attachment.requested","time":"%s",
             "data":{"direction":"download","channel":"email","recipients":["ana@example.com"],
                     "attachment":{"key":"downloads/shop/streams.epub"}}}\
            """.formatted(id, Instant.now()));

        var letter = page.locator("[data-live=dead-letters] > li").filter(new Locator.FilterOptions().setHasText(id));
        letter.waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE));
        assertThat(letter.locator("summary strong")).hasText("KEY_NOT_ALLOWED");
        assertThat(letter.locator("summary .tag")).hasText("attachment-requests-dlq");
        assertThat(letter.locator("summary .reason")).containsText("Source crm may not link to key");
        assertThat(letter).hasClass(Pattern.compile("\\badded\\b"));
        Assertions.assertThat(page.evaluate("() => window.stillTheSamePage")).isEqualTo(true);
    }

    @Test
    void withoutScriptReloadingShowsWhatIsNew() {
        var page = open(false);

        assertThat(page.locator("[data-live-state]")).hasText("Reload the page to see what is new.");
        page.getByLabel("Send Download", new Page.GetByLabelOptions().setExact(true))
                .click();

        assertThat(page).hasURL(Pattern.compile("/sandbox\\?sent=[0-9a-f-]{36}$"));
        assertThat(page.locator(".notice")).containsText("Sent with the new id");
    }

    private Page open(boolean withScript) {
        var page = chromium.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(withScript))
                .newPage();
        page.navigate(surroundings.pageOrigin() + "/sandbox");
        return page;
    }

    /** Sends a sample from another tab, and returns its new id. */
    private String send(String title) {
        var page = open(false);
        page.getByLabel("Send " + title, new Page.GetByLabelOptions().setExact(true))
                .click();
        var id = page.locator(".notice code").textContent();
        page.context().close();
        return id;
    }

    private static Locator eventOf(Page page, String requestId) {
        return page.locator("[data-live=events] > li")
                .filter(new Locator.FilterOptions().setHasText("\"requestId\" : \"" + requestId))
                .first();
    }
}
