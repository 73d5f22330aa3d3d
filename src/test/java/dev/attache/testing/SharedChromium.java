package dev.attache.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.List;
import java.util.Map;

/**
 * One Chromium for all tests of a JVM, because its start takes seconds. Each test opens contexts of its own and closes
 * them. Chromium ends with the JVM: Playwright's driver stops it when the driver's input is closed.
 */
public final class SharedChromium {

    /** Milliseconds that actions and assertions wait; a busy machine needs most of it. */
    private static final double TIMEOUT = 60_000;

    private SharedChromium() {}

    private static final class Started {

        static final Browser BROWSER = start();

        private static Browser start() {
            PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT);
            return Playwright.create(
                            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(Chromium.executable())
                            .setArgs(List.of(
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    "--disable-background-networking",
                                    "--disable-component-update",
                                    "--disable-sync",
                                    "--no-first-run")));
        }
    }

    /** Opens a context in British English. */
    public static BrowserContext open() {
        return open(new Browser.NewContextOptions().setLocale("en-GB"));
    }

    /** Opens a context. The caller closes it. */
    public static BrowserContext open(Browser.NewContextOptions options) {
        BrowserContext context = Started.BROWSER.newContext(options);
        context.setDefaultTimeout(TIMEOUT);
        return context;
    }
}
