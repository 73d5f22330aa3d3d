package dev.attache.gateway.upload;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.attache.contract.value.UploadTerms;
import dev.attache.testing.RequiresChromium;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page in Chromium while the worker ends a request. */
@RequiresChromium
class EndingBrowserIT {

    private OpenedUploadPage opened;

    @BeforeEach
    void openThePage() throws IOException {
        opened = OpenedUploadPage.of(new UploadTerms(List.of("application/pdf"), 25_000_000, null, null, null, 3));
    }

    @AfterEach
    void closeThePage() {
        opened.close();
    }

    @Test
    void noFileIsSentWhileTheRequestIsBeingCompleted() {
        Page page = opened.page;
        List<Route> held = new ArrayList<>();
        page.route("**/complete", held::add);
        opened.send(OpenedUploadPage.pdf("First.pdf", 1000));
        page.locator("#finish").click();

        assertThat(page.locator("#choose")).isHidden();
        opened.choose(OpenedUploadPage.pdf("Second.pdf", 2000));
        assertThat(page.locator(".row")).hasCount(1);
        assertThat(page.locator("#send")).isHidden();

        page.waitForCondition(() -> !held.isEmpty());
        held.getFirst().resume();
        opened.assertDone("Thank you, we have it", "First.pdf");
    }
}
