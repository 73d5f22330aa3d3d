package dev.attache.flows;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.attache.console.ConsoleBrowser;
import dev.attache.sandbox.Mailbox;
import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import dev.attache.sandbox.Upstream;
import dev.attache.testing.KeyboardWalk;
import dev.attache.testing.PageAppearance;
import dev.attache.testing.RequiresChromium;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An operator follows a request in Chromium, revokes it, and sends a link by hand. */
@SandboxTest
@RequiresChromium
@Tag("conditional-writes")
class RequestPagesBrowserIT {

    private static final String FOLDER = "console";

    /** A page looks again every 10 seconds at most. */
    private static final double SOON = 30_000;

    private final String id = Events.newId();

    private final String ana = Recipients.someone();

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

    private void request() {
        upstream.send("attachment-requests", Events.attachmentRequested(id, "crm", """
            {"direction":"download","channel":"email","recipients":[{"address":"%s","name":"Ana Lima"}],
             "attachment":{"key":"downloads/crm/contract-4711.pdf"},
             "message":{"subject":"Your contract"},"page":{"maxDownloads":3}}\
            """.formatted(ana)));
    }

    private static void assertSoon(Locator shown) {
        assertThat(shown).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(SOON));
    }

    private Locator event(String label) {
        return page.locator(".timeline strong:text-is('" + label + "')").first();
    }

    /** Moves the focus with the Tab key until it is on this control. */
    private void tabTo(Locator control) {
        for (int i = 0; i < 60; i++) {
            page.keyboard().press("Tab");
            if (Boolean.TRUE.equals(control.evaluate("it => it === document.activeElement"))) {
                return;
            }
        }
        throw new AssertionError("The Tab key does not reach " + control);
    }

    @Test
    void aRequestIsFollowedWithoutReloadingAndRevokedWithTheKeyboard() {
        signIn(ConsoleBrowser.OPERATOR);
        page.navigate(surroundings.managementOrigin() + "/ops/requests?source=crm&id=" + id);
        assertThat(page.locator("#live .note")).containsText("Nothing is known yet");
        page.evaluate("() => { window.stillTheSamePage = true; }");
        request();

        assertSoon(event("Mail accepted by the relay"));
        Recipients.download(mailbox.await(ana).links().getFirst(), 0);
        assertSoon(event("Downloaded"));
        Assertions.assertThat(page.evaluate("() => window.stillTheSamePage")).isEqualTo(true);
        PageAppearance.check(page, FOLDER, "story");

        page.setViewportSize(1000, 700);
        tabTo(page.locator("a:text-is('Revoke all links…')"));
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("Revoke links");
        PageAppearance.check(page, FOLDER, "revoke");
        tabTo(page.locator("button:text-is('Revoke the links')"));
        page.keyboard().press("Enter");

        assertThat(page.locator(".note.good")).containsText("The links are revoked");
        assertThat(event("Revoked")).isVisible();
        assertThat(page.locator("section.panel button:disabled")).hasText("Send again…");
        assertThat(page.locator("section.panel .why")).containsText("revoked");
        PageAppearance.check(page, FOLDER, "story-revoked");
        Assertions.assertThat(browser.errors).isEmpty();
    }

    @Test
    void aLinkIsSentByHand() {
        signIn(ConsoleBrowser.OPERATOR);
        browser.navigate("/ops/share");
        page.locator("#source").selectOption("crm");
        page.locator("button:text-is('Choose a file')").click();
        page.locator("button:text-is('List')").click();
        PageAppearance.check(page, FOLDER, "share-files");
        page.locator("a:has-text('contract-4711.pdf')").click();
        page.locator("#address").fill(ana);
        page.locator("#name").fill("Ana Lima");
        page.locator("#mailSubject").fill("By hand");
        page.locator("#maxDownloads").fill("3");
        PageAppearance.check(page, FOLDER, "share");
        page.locator("button:text-is('Look at it before it is sent')").press("Enter");
        assertThat(page.locator("h1")).hasText("Send this link?");
        PageAppearance.check(page, FOLDER, "share-preview");

        page.locator("button:text-is('Send the link')").press("Enter");

        assertThat(page).hasURL(Pattern.compile(".*/ops/requests\\?.*done=shared.*"));
        assertSoon(event("Mail accepted by the relay"));
        Assertions.assertThat(mailbox.await(ana).subject()).isEqualTo("By hand");
        Assertions.assertThat(browser.errors).isEmpty();
    }

    @Test
    void whatIsWrongWithALinkIsSaidBesideWhatWasFilledIn() {
        signIn(ConsoleBrowser.OPERATOR);
        browser.navigate("/ops/share?source=crm&key=downloads/crm/no-such-file.pdf");
        page.locator("#address").fill(ana);

        page.locator("button:text-is('Look at it before it is sent')").click();

        assertThat(page.locator("[role=alert]")).containsText("OBJECT_NOT_FOUND");
        assertThat(page.locator("#address")).hasValue(ana);
        // The refusal is an error for the browser's console.
        Assertions.assertThat(browser.errors).allMatch(error -> error.contains("422"));
    }

    @Test
    void aViewerSearchesAndCanActOnNothing() {
        request();
        mailbox.await(ana);
        signIn(ConsoleBrowser.VIEWER);
        browser.navigate("/ops/requests");
        PageAppearance.check(page, FOLDER, "requests");
        page.setViewportSize(1000, 700);
        KeyboardWalk.check(page);
        page.locator("#recipient").fill(ana);
        page.locator("section:has(#by-recipient) button").click();

        assertSoon(page.locator("h3:has-text('…@')"));
        PageAppearance.check(page, FOLDER, "requests-found");
        page.locator("dl.facts a").first().click();
        assertSoon(event("Mail accepted by the relay"));
        assertThat(page.locator("main a.button, main button:not(:disabled)")).hasCount(0);
        assertThat(page.locator(".why").first()).hasText("Needs the role operator.");
        Assertions.assertThat(page.content()).doesNotContain(">" + ana + "<");
        Assertions.assertThat(browser.errors).isEmpty();
    }
}
