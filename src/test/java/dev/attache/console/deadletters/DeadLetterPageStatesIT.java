package dev.attache.console.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.attache.console.ConsoleAssets;
import dev.attache.gateway.PageServer;
import dev.attache.testing.KeyboardWalk;
import dev.attache.testing.PageAppearance;
import dev.attache.testing.RequiresChromium;
import dev.attache.testing.SharedChromium;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page about dead letters, in Chromium. Its pictures are in {@code target/screenshots/console}. */
@RequiresChromium
class DeadLetterPageStatesIT {

    private final ConsoleFixture console = new ConsoleFixture();
    private final List<String> errors = new ArrayList<>();
    private PageServer server;
    private BrowserContext context;

    @AfterEach
    void stop() {
        context.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyPageIsAccessibleInLightDarkAndForcedColoursAndFitsANarrowScreen(DeadLetterStates state)
            throws IOException {
        Page page = open(state, true);

        PageAppearance.check(
                page,
                "console",
                "dead-letters-" + state.name().toLowerCase(Locale.ROOT).replace('_', '-'));

        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyControlIsReachedByKeyboardWithoutJavaScript(DeadLetterStates state) throws IOException {
        KeyboardWalk.check(open(state, false));
    }

    private Page open(DeadLetterStates state, boolean withScript) throws IOException {
        String path = state.prepare(console);
        server = new PageServer("/ops", console.mvc());
        ConsoleAssets assets = new ConsoleAssets();
        server.serve("/ops/assets/", exchange -> {
            String name = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
            ConsoleAssets.Asset asset = assets.find(name).orElseThrow();
            exchange.getResponseHeaders().set("Content-Type", asset.type());
            PageServer.answer(exchange, 200, asset.content());
        });
        context = SharedChromium.open(
                new Browser.NewContextOptions().setLocale("en-GB").setJavaScriptEnabled(withScript));
        Page page = context.newPage();
        page.onPageError(errors::add);
        page.navigate(server.origin() + path);
        return page;
    }
}
