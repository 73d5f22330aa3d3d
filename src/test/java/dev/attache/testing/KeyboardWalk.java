package dev.attache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Walks through the controls of a page with the Tab key. */
public final class KeyboardWalk {

    private static final String CONTROLS = """
        [...document.querySelectorAll('a[href], button, input, select, summary, textarea, [tabindex="0"]')]
          .filter((it) => it.checkVisibility() && !it.disabled && it.tabIndex >= 0)\
        """;

    private static final String COUNT = "() => " + CONTROLS + ".length";

    /**
     * Describes the focused control; null if none has the focus. WCAG 2.2: 2.4.7 (the focus is visible), 2.4.11 (in the
     * viewport) and 1.4.11 (a contrast of 3). An invisible input shows the focus at its label.
     */
    private static final String FOCUSED = """
        () => {
          const at = document.activeElement;
          if (!at || at === document.body || at === document.documentElement) return null;
          const shown = at.classList.contains('unseen') ? at.labels[0] : at;
          const style = getComputedStyle(shown);
          const box = shown.getBoundingClientRect();
          const rgba = (color) => color.match(/[\\d.]+/g).map(Number);
          let around = shown.parentElement;
          while (around.parentElement && rgba(getComputedStyle(around).backgroundColor)[3] === 0) {
            around = around.parentElement;
          }
          const luminance = (color) => {
            const [r, g, b] = rgba(color).map((it) => it / 255)
              .map((it) => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const [dark, light] = [style.outlineColor, getComputedStyle(around).backgroundColor]
            .map(luminance).sort((a, b) => a - b);
          const problems = [];
          if (!at.matches(':focus-visible')) problems.push('no visible focus');
          if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) problems.push('no outline');
          if ((light + 0.05) / (dark + 0.05) < 3) problems.push('outline without contrast');
          if (box.top < 0 || box.bottom > innerHeight) problems.push('outside of the viewport');
          return {
            control: %s.indexOf(at), top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left,
            problems: problems.map((it) => it + ': ' + at.outerHTML)
          };
        }\
        """.formatted(CONTROLS);

    private record Stop(int control, double top, double bottom, double left, List<?> problems) {

        /** Whether a reader comes to this control after the other one. */
        boolean follows(Stop other) {
            return top >= other.bottom || left >= other.left;
        }
    }

    private KeyboardWalk() {}

    /**
     * Checks that the Tab key reaches each control, in the order of the page and backwards, that the focus is visible
     * on each, and that the page can be left.
     */
    public static void check(Page page) {
        awaitFirstFocus(page);
        int controls = controls(page);
        List<Stop> forward = walk(page, "Tab", controls);
        List<Stop> backward = walk(page, "Shift+Tab", controls);

        assertThat(forward)
                .extracting(Stop::control)
                .containsExactlyElementsOf(IntStream.range(0, controls).boxed().toList());
        assertThat(backward)
                .extracting(Stop::control)
                .containsExactlyElementsOf(
                        forward.reversed().stream().map(Stop::control).toList());
        assertThat(forward).flatExtracting(Stop::problems).isEmpty();
        assertThat(backward).flatExtracting(Stop::problems).isEmpty();
        for (int i = 1; i < controls; i++) {
            assertThat(forward.get(i).follows(forward.get(i - 1)))
                    .as("%s after %s", forward.get(i), forward.get(i - 1))
                    .isTrue();
        }
    }

    /** The number of controls that the Tab key should reach. */
    public static int controls(Page page) {
        return ((Number) page.evaluate(COUNT)).intValue();
    }

    /** Moves the focus to a control of a page that was just opened. */
    public static void focus(Page page, int control) {
        if (focused(page) == null) {
            awaitFirstFocus(page);
        }
        for (Stop at = focused(page); at == null || at.control != control; at = focused(page)) {
            assertThat(at == null || at.control < control)
                    .as("control %s comes before %s", at, control)
                    .isTrue();
            page.keyboard().press("Tab");
        }
    }

    /** Waits until the page and its style sheets are loaded, and the control with {@code autofocus} has the focus. */
    private static void awaitFirstFocus(Page page) {
        page.waitForLoadState();
        Locator first = page.locator("[autofocus]");
        if (first.count() > 0) {
            PlaywrightAssertions.assertThat(first.first()).isFocused();
        }
    }

    /** Presses the key until no control has the focus, or one has it again. */
    private static List<Stop> walk(Page page, String key, int controls) {
        List<Stop> stops = new ArrayList<>();
        Set<Integer> visited = new HashSet<>();
        Stop at = key.equals("Tab") ? focused(page) : null;
        if (at == null) {
            page.keyboard().press(key);
            at = focused(page);
        }
        while (at != null && visited.add(at.control) && stops.size() <= controls) {
            stops.add(at);
            page.keyboard().press(key);
            at = focused(page);
        }
        return stops;
    }

    private static @Nullable Stop focused(Page page) {
        Map<?, ?> focused = (Map<?, ?>) page.evaluate(FOCUSED);
        return focused == null
                ? null
                : new Stop(
                        number(focused, "control").intValue(),
                        number(focused, "top").doubleValue(),
                        number(focused, "bottom").doubleValue(),
                        number(focused, "left").doubleValue(),
                        (List<?>) focused.get("problems"));
    }

    private static Number number(Map<?, ?> values, String key) {
        return (Number) values.get(key);
    }
}
