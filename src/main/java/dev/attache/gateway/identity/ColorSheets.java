package dev.attache.gateway.identity;

import dev.attache.wording.BrandColor;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The style sheets with the configured colours. They are files of their own, because the pages' Content Security Policy
 * allows no inline styles.
 */
public final class ColorSheets {

    /** The path of a style sheet in the assets, before the colour's six hexadecimal digits. */
    static final String FOLDER = "/colors/";

    static final String SUFFIX = ".css";

    private final Map<String, String> byDigits = new HashMap<>();

    /** @param colors such as {@code #1d5fd1} */
    public ColorSheets(Collection<String> colors) {
        for (String color : colors) {
            BrandColor brand = BrandColor.parse(color);
            brand.styleSheet().ifPresent(sheet -> byDigits.put(brand.hex().substring(1), sheet));
        }
    }

    /** The path of a colour's style sheet in the assets; null if its contrast is not sufficient. */
    @Nullable
    String path(String color) {
        String digits = BrandColor.parse(color).hex().substring(1);
        return byDigits.containsKey(digits) ? FOLDER + digits + SUFFIX : null;
    }

    Optional<String> styleSheet(String digits) {
        return Optional.ofNullable(byDigits.get(digits));
    }
}
