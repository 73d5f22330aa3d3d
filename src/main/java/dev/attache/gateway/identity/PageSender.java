package dev.attache.gateway.identity;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a page shows of its source.
 *
 * @param name the display name, as one line
 * @param logo the address of the logo
 * @param styleSheet the path of the colour's style sheet, relative to that of the assets
 * @param contact the address of the contact link: {@code mailto:} or {@code https:}
 * @param imprint the address of the imprint
 * @param privacy the address of the privacy policy
 */
public record PageSender(
        String name,
        @Nullable String logo,
        @Nullable String styleSheet,
        @Nullable String contact,
        @Nullable String imprint,
        @Nullable String privacy) {

    /** The variables of the templates. */
    public Map<String, PageSender> variables() {
        return Map.of("sender", this);
    }
}
