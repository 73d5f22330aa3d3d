package dev.attache.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.attache.testing.SharedChromium;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A window of Chromium in which an operator or a viewer of the sandbox is signed in to the console. Close it after the
 * test.
 */
public final class ConsoleBrowser implements AutoCloseable {

    /** May act. */
    public static final String OPERATOR = "operator";

    /** May only read. */
    public static final String VIEWER = "viewer";

    /** Errors of the page's scripts and of its Content Security Policy. A test of a page expects none. */
    public final List<String> errors = new CopyOnWriteArrayList<>();

    public final Page page;

    private final BrowserContext context;

    private final String origin;

    private ConsoleBrowser(String origin, Consumer<Browser.NewContextOptions> options) {
        this.origin = origin;
        var chosen = new Browser.NewContextOptions().setLocale("en-GB");
        options.accept(chosen);
        this.context = SharedChromium.open(chosen);
        this.page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text());
            }
        });
        page.onPageError(errors::add);
    }

    /**
     * Signs in on the sign-in page.
     *
     * @param origin the management port's, such as {@code surroundings.managementOrigin()}
     * @param user {@link #OPERATOR} or {@link #VIEWER}, whose passwords are their names
     */
    public static ConsoleBrowser signIn(String origin, String user) {
        var browser = open(origin);
        browser.signInAs(user, user);
        return browser;
    }

    /** Opens the sign-in page. */
    public static ConsoleBrowser open(String origin) {
        return open(origin, options -> {});
    }

    /** Opens the sign-in page in a window with these options. */
    public static ConsoleBrowser open(String origin, Consumer<Browser.NewContextOptions> options) {
        var browser = new ConsoleBrowser(origin, options);
        browser.navigate("/ops");
        return browser;
    }

    /** Fills the open sign-in page. */
    public void signInAs(String user, String password) {
        page.locator("#username").fill(user);
        page.locator("#password").fill(password);
        page.locator("#password").press("Enter");
        page.waitForURL(address -> !address.contains("/ops/sign-in"));
    }

    /** @param path such as {@code /ops/audit} */
    public void navigate(String path) {
        page.navigate(origin + path);
    }

    @Override
    public void close() {
        context.close();
    }
}
