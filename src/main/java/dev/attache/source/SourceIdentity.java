package dev.attache.source;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How a source presents itself in mails and on pages.
 *
 * @param displayName the name of the source
 * @param contact a mail address or an https URL for questions; null if there is none
 * @param replyTo the address that replies to its mails go to, without a name; null for the installation's
 * @param fromName the name of the sender of its mails; null for the installation's
 * @param logo the https URL of an image; null for none
 * @param color the colour of buttons as {@code #rrggbb}, in lower case; null for the default
 * @param imprint the https URL of the imprint; null for none
 * @param privacy the https URL of the privacy policy; null for none
 */
public record SourceIdentity(
        String displayName,
        @Nullable String contact,
        @Nullable String replyTo,
        @Nullable String fromName,
        @Nullable URI logo,
        @Nullable String color,
        @Nullable URI imprint,
        @Nullable URI privacy) {

    /** An identity with a name only. */
    public static SourceIdentity named(String displayName) {
        return new SourceIdentity(displayName, null, null, null, null, null, null, null);
    }
}
