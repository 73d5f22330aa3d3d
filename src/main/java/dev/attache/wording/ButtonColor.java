package dev.attache.wording;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The colour of a button with white text on a white page.
 *
 * @param background {@code #rrggbb}
 */
public record ButtonColor(String background) {

    /** For sources without a colour that is dark enough. */
    public static final ButtonColor DEFAULT = new ButtonColor("#1d5fd1");

    /** WCAG 2.2, success criterion 1.4.3, "Contrast (Minimum)". */
    private static final double MINIMUM_CONTRAST = 4.5;

    private static final Pattern RGB = Pattern.compile("#[0-9a-fA-F]{6}");

    /** The colour, if white text can be read on it; the default otherwise, and if it is null. */
    public static ButtonColor of(@Nullable String rgb) {
        return rgb != null && RGB.matcher(rgb).matches() && contrastWithWhite(rgb) >= MINIMUM_CONTRAST
                ? new ButtonColor(rgb)
                : DEFAULT;
    }

    /** WCAG 2.2, "contrast ratio": 1 to 21. */
    private static double contrastWithWhite(String rgb) {
        return 1.05 / (luminance(Integer.parseInt(rgb.substring(1), 16)) + 0.05);
    }

    /** WCAG 2.2, "relative luminance". */
    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    }

    private static double linear(int channel) {
        double value = (channel & 0xFF) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
