package dev.attache.wording;

import java.util.Optional;

/**
 * A source's colour, for buttons in its mails, and buttons and links of its pages. It is used where its contrast is
 * sufficient (WCAG 2.2, success criterion 1.4.3: 4.5 to 1), in the light and the dark design apart; elsewhere mails and
 * pages keep their own colour.
 *
 * @param rgb 24 bits
 */
public record BrandColor(int rgb) {

    /** The darkest background of the light design in {@code pages.css}. */
    private static final BrandColor LIGHT_GROUND = new BrandColor(0xf2f4f7);

    /** The lightest background of the dark design in {@code pages.css}. */
    private static final BrandColor DARK_GROUND = new BrandColor(0x262c36);

    private static final BrandColor WHITE = new BrandColor(0xffffff);

    private static final BrandColor DARK_INK = new BrandColor(0x0b1320);

    private static final double LEAST_CONTRAST = 4.5;

    /** @param color such as {@code #1d5fd1} */
    public static BrandColor parse(String color) {
        return new BrandColor(Integer.parseInt(color.substring(1), 16));
    }

    /** Whether it is used in the light design, with white text on it. */
    public boolean isForLightDesign() {
        return contrast(LIGHT_GROUND) >= LEAST_CONTRAST;
    }

    /** Whether it is used in the dark design, with dark text on it. */
    public boolean isForDarkDesign() {
        return contrast(DARK_GROUND) >= LEAST_CONTRAST;
    }

    /**
     * A style sheet that sets the colours of buttons and links; empty if the contrast is sufficient in neither design.
     */
    public Optional<String> styleSheet() {
        boolean light = isForLightDesign();
        boolean dark = isForDarkDesign();
        if (!light && !dark) {
            return Optional.empty();
        }
        return Optional.of((light ? "@media (prefers-color-scheme: light) { %s }\n".formatted(rule(WHITE)) : "")
                + (dark ? "@media (prefers-color-scheme: dark) { %s }\n".formatted(rule(DARK_INK)) : ""));
    }

    /** @param text on the colour; a hovered button gets a colour that is farther from it */
    private String rule(BrandColor text) {
        BrandColor hovered = text.equals(WHITE) ? mixed(DARK_INK) : mixed(WHITE);
        return ":root { --accent: %s; --accent-strong: %s; --on-accent: %s; }"
                .formatted(hex(), hovered.hex(), text.hex());
    }

    /** The colour as {@code #rrggbb}, in lower case. */
    public String hex() {
        return "#%06x".formatted(rgb);
    }

    /** The ratio of the luminances (WCAG 2.2, "contrast ratio"): 1 to 21. */
    double contrast(BrandColor other) {
        double one = luminance() + 0.05;
        double another = other.luminance() + 0.05;
        return Math.max(one, another) / Math.min(one, another);
    }

    /** The relative luminance (WCAG 2.2, "relative luminance"): 0 to 1. */
    private double luminance() {
        return 0.2126 * linear(channel(16)) + 0.7152 * linear(channel(8)) + 0.0722 * linear(channel(0));
    }

    private int channel(int shift) {
        return (rgb >> shift) & 0xff;
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    /** One fifth of the other colour. */
    private BrandColor mixed(BrandColor other) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            mixed |= ((channel(shift) * 4 + other.channel(shift)) / 5) << shift;
        }
        return new BrandColor(mixed);
    }
}
