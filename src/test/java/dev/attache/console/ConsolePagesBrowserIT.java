package dev.attache.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.attache.audit.AuditLog;
import dev.attache.queues.PauseFlags;
import dev.attache.queues.QueueMonitor;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import dev.attache.sandbox.Upstream;
import dev.attache.testing.KeyboardWalk;
import dev.attache.testing.PageAppearance;
import dev.attache.testing.RequiresChromium;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The console's own pages in Chromium. */
@SandboxTest
@RequiresChromium
@Tag("conditional-writes")
class ConsolePagesBrowserIT {

    private static final String FOLDER = "console";

    private static final String QUEUE = "newsletter-deliveries";

    @Autowired
    private Surroundings surroundings;

    @Autowired
    private Upstream upstream;

    @Autowired
    private QueueMonitor monitor;

    @Autowired
    private PauseFlags pauses;

    @Autowired
    private AuditLog audit;

    private ConsoleBrowser browser;

    private Page page;

    @BeforeEach
    void everyQueueIsRead() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> monitor.states().size() > 6
                        && monitor.states().stream().allMatch(state -> state.depth() != null));
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private void signIn(String user) {
        browser = ConsoleBrowser.signIn(surroundings.managementOrigin(), user);
        page = browser.page;
    }

    private Locator row(String queue) {
        return page.locator("#live tr:has(.name:text-is('" + queue + "'))");
    }

    @Test
    void theSignInPageIsAccessibleAndWorksWithTheKeyboard() {
        browser = ConsoleBrowser.open(surroundings.managementOrigin());
        page = browser.page;
        assertThat(page.locator("#username")).isFocused();
        page.keyboard().type("operator");
        page.keyboard().press("Tab");
        page.keyboard().type("wrong");
        page.keyboard().press("Enter");
        assertThat(page.locator("[role=alert]")).hasText("The name or the password is wrong.");
        assertThat(page.locator("#username")).hasValue("operator");
        assertThat(page.locator("#password")).isFocused();
        PageAppearance.check(page, FOLDER, "sign-in");

        page.keyboard().type("operator");
        page.keyboard().press("Enter");

        assertThat(page.locator("h1")).hasText("Queues");
        // The refused sign-in is an error for the browser's console.
        assertThat(browser.errors).allMatch(error -> error.contains("401"));
    }

    @Test
    void theQueuesAreShownWithTheirState() {
        signIn(ConsoleBrowser.OPERATOR);

        assertThat(row("attachment-requests").locator(".tag")).hasText("Receiving");
        assertThat(row("attachment-requests-dlq")).isVisible();
        assertThat(row("deliveries-undelivered")).isVisible();
        assertThat(page.locator(".tags")).containsText("s3: in use");
        PageAppearance.check(page, FOLDER, "queues");
        assertThat(browser.errors).isEmpty();
    }

    @Test
    void everyControlOfThePageIsReachedWithTheKeyboard() {
        signIn(ConsoleBrowser.OPERATOR);
        // Polls would replace the controls meanwhile.
        page.route("**/ops/queues/live", route -> route.abort());
        page.setViewportSize(1000, 700);

        KeyboardWalk.check(page);
    }

    @Test
    void aDeadLetterAppearsWithoutReloading() {
        signIn(ConsoleBrowser.VIEWER);
        page.evaluate("() => { window.stillTheSamePage = true; }");
        String before = row("attachment-requests-dlq").locator("td.num").first().textContent();

        upstream.send("attachment-requests", """
            {"specversion":"1.0","id":"%s","source":"crm","type":"attachment.requested","time":"%s",
             "data":{"direction":"download","channel":"email","recipients":["ana@example.com"],
                     "attachment":{"key":"downloads/shop/streams.epub"}}}\
            """.formatted(UUID.randomUUID(), Instant.now()));

        assertThat(row("attachment-requests-dlq").locator("td.num").first())
                .not()
                .hasText(before);
        assertThat(row("attachment-requests-dlq").locator(".tag")).hasClass(Pattern.compile("\\bbad\\b"));
        assertThat(page.evaluate("() => window.stillTheSamePage")).isEqualTo(true);
        PageAppearance.check(page, FOLDER, "queues-viewer");
        assertThat(browser.errors).isEmpty();
    }

    @Test
    void aViewerSeesWhyNothingCanBePaused() {
        signIn(ConsoleBrowser.VIEWER);

        Locator pause = page.getByRole(
                AriaRole.BUTTON,
                new Page.GetByRoleOptions().setName("Pause " + QUEUE).setExact(true));

        assertThat(pause).isDisabled();
        assertThat(pause).hasAccessibleDescription(Pattern.compile("You are a viewer"));
        browser.navigate("/ops/queues/" + QUEUE + "/pause");
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause on all workers")))
                .isDisabled();
    }

    @Test
    void anInputIsPausedAndResumed() {
        signIn(ConsoleBrowser.OPERATOR);
        row(QUEUE)
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Pause " + QUEUE))
                .click();
        assertThat(page.locator("#reason")).isFocused();
        PageAppearance.check(page, FOLDER, "pause");
        page.locator("#reason").fill("The relay is moved; ask ana@example.com");
        page.keyboard().press("Enter");

        assertThat(row(QUEUE).locator(".tag")).hasText("Paused");
        assertThat(row(QUEUE)).containsText("by operator since");
        assertThat(row(QUEUE)).containsText("The relay is moved; ask a…@example.com");
        assertThat(pauses.all()).containsKey(QUEUE);
        PageAppearance.check(page, FOLDER, "queues-paused");

        row(QUEUE)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Resume " + QUEUE))
                .click();

        assertThat(row(QUEUE).locator(".tag")).hasText("Receiving");
        assertThat(pauses.all()).doesNotContainKey(QUEUE);
        assertThat(audit.latest(20, null, QUEUE).entries())
                .extracting(entry -> entry.actor() + " " + entry.action())
                .startsWith("operator input.resume", "operator input.pause");
        assertThat(browser.errors).isEmpty();
    }

    @Test
    void aPageThatIsNoLongerUpdatedSaysSo() {
        signIn(ConsoleBrowser.VIEWER);
        page.route("**/ops/queues/live", route -> route.abort());

        assertThat(page.locator("[data-stale]")).containsText("The worker does not answer; trying again.");

        page.unroute("**/ops/queues/live");
        assertThat(page.locator("[data-stale]")).isHidden();
    }

    @Test
    void whoseSessionHasEndedIsLedToTheSignIn() {
        signIn(ConsoleBrowser.VIEWER);

        page.context().clearCookies();

        assertThat(page).hasURL(Pattern.compile("/ops/sign-in\\?ended$"));
        assertThat(page.locator("[role=alert]")).containsText("Your session has ended.");
    }

    @Test
    void theAuditIsShownAndFiltered() {
        signIn(ConsoleBrowser.OPERATOR);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Audit"))
                .click();

        assertThat(page.locator("tbody tr").first()).containsText("sign-in");
        assertThat(page.locator("nav a[aria-current]")).hasText("Audit");
        PageAppearance.check(page, FOLDER, "audit");

        page.locator("#containing").fill("no entry has this");
        page.keyboard().press("Enter");
        assertThat(page.locator(".empty")).hasText("No entry contains this text.");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Show all"))
                .click();
        assertThat(page.locator("tbody tr").first()).isVisible();
        page.setViewportSize(1000, 700);
        KeyboardWalk.check(page);
        assertThat(browser.errors).isEmpty();
    }

    @Test
    void anUnknownAddressHasAPageOfTheConsole() {
        signIn(ConsoleBrowser.OPERATOR);

        browser.navigate("/ops/nothing");

        assertThat(page.locator("h1")).hasText("There is nothing at this address");
        PageAppearance.check(page, FOLDER, "problem");
    }

    @Test
    void thePagesWorkWithoutScripts() {
        browser = ConsoleBrowser.open(surroundings.managementOrigin(), options -> options.setJavaScriptEnabled(false));
        page = browser.page;
        browser.signInAs(ConsoleBrowser.OPERATOR, ConsoleBrowser.OPERATOR);

        assertThat(row("attachment-requests").locator(".tag")).isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        assertThat(page.locator("[role=alert]")).hasText("You are signed out.");
    }
}
