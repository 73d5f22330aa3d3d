package dev.attache.console.deadletters;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.attache.console.ConsoleBrowser;
import dev.attache.console.ConsoleClient;
import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import dev.attache.sandbox.Upstream;
import dev.attache.testing.PageAppearance;
import dev.attache.testing.RequiresChromium;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import software.amazon.awssdk.core.sync.RequestBody;

/** What operators and viewers do with dead letters of the sandbox, in Chromium. */
@SandboxTest
@RequiresChromium
@Tag("conditional-writes")
class DeadLettersBrowserIT {

    private static final String QUEUE = "attachment-requests-dlq";

    private static final String PATH = "/ops/dead-letters/" + QUEUE;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Autowired
    private Surroundings surroundings;

    @Autowired
    private Upstream upstream;

    @Autowired
    private Mailbox mailbox;

    private ConsoleBrowser browser;

    private Page page;

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

    /** Sends a request for an object that its source may not link to. Returns the id of its event. */
    private String poison(String address) {
        String id = UUID.randomUUID().toString();
        int before = upstream.depth(QUEUE);
        upstream.send("attachment-requests", """
            {"specversion":"1.0","id":"%s","source":"crm","type":"attachment.requested","time":"%s",
             "data":{"direction":"download","channel":"email","recipients":["%s"],
                     "attachment":{"key":"downloads/shop/%1$s.pdf"}}}\
            """.formatted(id, Instant.now(), address));
        Awaitility.await().atMost(PATIENCE).until(() -> upstream.depth(QUEUE) > before);
        return id;
    }

    /** Scans on the queue's page, and searches the letter with a text. */
    private void find(String text) {
        browser.navigate(PATH);
        Locator scan = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Scan")));
        scan.click();
        // As soon as the scan has ended, the page is loaded again.
        assertThat(page.locator("#status .snapshot strong")).isVisible();
        assertThat(scan).isEnabled();
        page.getByLabel("Text, such as a request id").fill(text);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Search"))
                .click();
        assertThat(page.locator(".found")).containsText("1 letter found");
    }

    @Test
    void aPoisonMessageIsFoundEditedReplayedAndSucceeds() {
        String address = "maria." + UUID.randomUUID() + "@example.com";
        String id = poison(address);
        surroundings
                .clients()
                .s3()
                .putObject(
                        request -> request.bucket(surroundings.bucket()).key("downloads/crm/" + id + ".pdf"),
                        RequestBody.fromString("file"));
        signIn(ConsoleBrowser.OPERATOR);

        find(id);
        assertThat(page.locator("table.letters .reason")).containsText("Source crm may not link to key");
        page.locator("table.letters tbody a").click();
        assertThat(page.locator("h1")).hasText("KEY_NOT_ALLOWED");
        assertThat(page.locator(".advice")).containsText("add the prefix to the source's settings");
        assertThat(page.locator("main")).containsText("request.rejected");
        PageAppearance.check(page, "console", "dead-letter");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Edit…"))
                .click();
        Locator body = page.getByLabel("Body");
        assertThat(page.locator("form.confirm")).containsText("The original letter stays");
        body.fill(body.inputValue().replace("downloads/shop/", "downloads/crm/"));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send the edited letter"))
                .click();

        assertThat(page.locator(".state")).hasText("Done: 1 letter sent");
        assertThat(page.locator("dl.counts")).containsText(Pattern.compile("Handled\\s*1"));
        assertThat(mailbox.await(address).links()).isNotEmpty();
        assertThat(browser.errors).isEmpty();
    }

    @Test
    void aLetterIsCheckedAndDiscardedWithTheKeyboardOnly() {
        String id = poison("ana@example.com");
        signIn(ConsoleBrowser.OPERATOR);
        find(id);

        press(page.locator("table.letters tbody input"), "Space");
        press(page.locator("form > .toolbar button").getByText("Dry run…"), "Enter");
        press(page.getByText("Start the dry run"), "Enter");
        assertThat(page.locator(".state")).hasText("Done: 1 letter checked");
        assertThat(page.locator("table.letters .tag.bad")).hasText("KEY_NOT_ALLOWED");

        press(page.locator("table.letters tbody a"), "Enter");
        press(page.getByText("Discard…"), "Enter");
        Locator name = page.getByLabel("Type the name of the queue");
        press(name, "x");
        press(page.locator("form.confirm button"), "Enter");
        assertThat(page.locator("[role=alert]")).containsText("Nothing was deleted");
        press(name, "Control+A");
        page.keyboard().type(QUEUE);
        press(page.locator("form.confirm button"), "Enter");

        assertThat(page.locator(".state")).hasText("Done: 1 letter deleted");
        // The refused name is an error for the browser's console.
        assertThat(browser.errors).allMatch(error -> error.contains("400"));
    }

    /** Moves the focus with the Tab key, and presses a key. */
    private void press(Locator control, String key) {
        control.waitFor();
        for (int presses = 0; !isFocused(control); presses++) {
            assertThat(presses).as("reached by Tab: %s", control).isLessThan(200);
            page.keyboard().press("Tab");
        }
        page.keyboard().press(key);
    }

    private static boolean isFocused(Locator control) {
        return Boolean.TRUE.equals(control.evaluate("it => it === document.activeElement"));
    }

    @Test
    void withoutJavaScriptAReplayIsConfirmedAndShown() {
        String id = poison("ana@example.com");
        signIn(ConsoleBrowser.OPERATOR);
        find(id);
        String letter = page.locator("table.letters tbody input").getAttribute("value");
        browser.close();
        browser = ConsoleBrowser.open(surroundings.managementOrigin(), options -> options.setJavaScriptEnabled(false));
        page = browser.page;
        browser.signInAs(ConsoleBrowser.OPERATOR, ConsoleBrowser.OPERATOR);

        browser.navigate(PATH + "/replay?letter=" + letter);
        page.locator("form.confirm button").click();

        assertThat(page.locator("h1")).hasText("Replay of one letter");
        Awaitility.await().atMost(PATIENCE).pollInSameThread().until(() -> {
            page.reload();
            return page.locator("dl.counts").textContent().matches("(?s).*Rejected again\\s*1.*");
        });
        assertThat(page.locator("#progress")).containsText("KEY_NOT_ALLOWED");
    }

    @Test
    void aViewerSeesNoUsableAction() {
        String id = poison("maria.viewed@example.com");
        signIn(ConsoleBrowser.OPERATOR);
        find(id);
        browser.close();

        signIn(ConsoleBrowser.VIEWER);
        browser.navigate(PATH + "?text=" + id);
        assertThat(page.locator("main button:enabled")).hasCount(1);
        assertThat(page.locator("main button:enabled")).hasText("Search");
        assertThat(page.locator("main")).containsText("You are signed in as a viewer. Only operators can act.");
        page.locator("table.letters tbody a").click();
        assertThat(page.locator("h1")).hasText("KEY_NOT_ALLOWED");
        assertThat(page.locator("main button:enabled")).hasCount(0);
        assertThat(page.locator("pre")).containsText("m…@example.com");
        assertThat(browser.errors).isEmpty();
    }

    /** As large as a message of SQS. */
    @Test
    void aLargeBodyReachesTheEditor() {
        try (ConsoleClient client = new ConsoleClient(surroundings.managementOrigin())) {
            client.signIn(ConsoleBrowser.OPERATOR, ConsoleBrowser.OPERATOR);

            HttpResponse<String> answer = client.submit(
                    "/ops", PATH + "/no-such-letter/edit", Map.of("body", "{\"é\":\"\"}".repeat(100_000)));

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("The last scan of the queue has not found this letter");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/scan", "/replay", "/discard", "/dry-run", "/any-letter/edit"})
    void aViewerActsOnNothingByHttp(String action) {
        try (ConsoleClient client = new ConsoleClient(surroundings.managementOrigin())) {
            client.signIn(ConsoleBrowser.VIEWER, ConsoleBrowser.VIEWER);

            HttpResponse<String> answer =
                    client.submit("/ops", PATH + action, Map.of("all", "1", "confirm", QUEUE, "perSecond", "10"));

            assertThat(answer.statusCode()).isEqualTo(403);
        }
    }
}
