package dev.attache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Checks a page with axe-core in light, dark and forced colours and on a narrow screen, and takes screenshots. */
public final class PageAppearance {

    private static final int WIDE = 1000;

    /** The width of a small phone, in CSS pixels. */
    private static final int NARROW = 360;

    private static final String AXE = resource("/axe.min.js");

    private static final String RUN_AXE = """
        async () => {
          const result = await axe.run({
            rules: {'target-size': {enabled: true}},
            resultTypes: ['violations']
          });
          const described = (it) => it.id + ': ' + it.nodes.map((node) => node.html + ' ' + node.failureSummary).join(' | ');
          return {passed: result.passes.map((it) => it.id), violated: result.violations.map(described)};
        }\
        """;

    /** In forced colours a control without a border looks like text, because backgrounds are replaced. */
    private static final String CONTROLS_WITHOUT_BORDER = """
        () => [...document.querySelectorAll('.button, .quiet, .field input')]
          .filter((it) => it.checkVisibility())
          .filter((it) => {
            const style = getComputedStyle(it);
            return style.borderTopStyle === 'none' || style.borderTopWidth === '0px'
              || style.borderTopColor === style.backgroundColor;
          })
          .map((it) => it.outerHTML)\
        """;

    private enum Look {
        LIGHT(WIDE, ColorScheme.LIGHT, ForcedColors.NONE),
        DARK(WIDE, ColorScheme.DARK, ForcedColors.NONE),
        FORCED(WIDE, ColorScheme.LIGHT, ForcedColors.ACTIVE),
        NARROW(PageAppearance.NARROW, ColorScheme.LIGHT, ForcedColors.NONE);

        private final int width;
        private final ColorScheme scheme;
        private final ForcedColors forced;

        Look(int width, ColorScheme scheme, ForcedColors forced) {
            this.width = width;
            this.scheme = scheme;
            this.forced = forced;
        }

        private void apply(Page page) {
            page.setViewportSize(width, width == WIDE ? 700 : 640);
            page.emulateMedia(
                    new Page.EmulateMediaOptions().setColorScheme(scheme).setForcedColors(forced));
        }
    }

    private PageAppearance() {}

    /**
     * Checks the open page.
     *
     * @param folder where the screenshots go, in {@code target/screenshots}
     * @param name the start of their names
     */
    public static void check(Page page, String folder, String name) {
        // The style sheets are loaded too.
        page.waitForLoadState();
        page.evaluate(AXE);
        for (Look look : Look.values()) {
            look.apply(page);
            String circumstances = name + ", " + look;
            assertAccessible(page, circumstances, look == Look.LIGHT);
            if (look == Look.FORCED) {
                assertThat((List<?>) page.evaluate(CONTROLS_WITHOUT_BORDER))
                        .as(circumstances)
                        .isEmpty();
            }
            screenshot(page, folder, name + "-" + look.name().toLowerCase(Locale.ROOT));
        }
        assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .as(name)
                .isEqualTo(NARROW);
    }

    /** Takes a screenshot of the whole page into {@code target/screenshots}. */
    public static void screenshot(Page page, String folder, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/screenshots", folder, name + ".png"))
                .setFullPage(true));
    }

    private static void assertAccessible(Page page, String circumstances, boolean all) {
        Map<?, ?> result = (Map<?, ?>) page.evaluate(RUN_AXE, all);

        assertThat((List<?>) result.get("violated")).as(circumstances).isEmpty();
        assertThat(((List<?>) result.get("passed")).stream().map(String::valueOf))
                .as(circumstances)
                .contains("color-contrast")
                .containsAll(all ? List.of("document-title", "html-has-lang") : List.of());
    }

    private static String resource(String path) {
        try (InputStream script = Objects.requireNonNull(PageAppearance.class.getResourceAsStream(path))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
