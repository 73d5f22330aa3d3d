package dev.attache.source;

import dev.attache.contract.value.Addresses;
import dev.attache.storage.ObjectKeys;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validates the identity of a source. Each error names the setting and the fix. */
final class IdentityChecks {

    private static final Pattern COLOR = Pattern.compile("#[0-9A-Fa-f]{6}");

    /** One line that a mail's header can contain (RFC 5322, section 2.2). */
    private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}\\u0080-\\u009F\\u2028\\u2029]{1,100}");

    private final String setting;

    private IdentityChecks(String setting) {
        this.setting = setting;
    }

    /** @param setting the name of the settings, for error messages */
    static void check(String setting, SourcesProperties.Identity identity) {
        IdentityChecks checks = new IdentityChecks(setting);
        checks.require(
                ".contact",
                identity.contact(),
                isContact(identity.contact()),
                "is neither a mail address nor an https URL; write it like help@example.com or"
                        + " https://example.com/help");
        checks.require(
                ".reply-to",
                identity.replyTo(),
                identity.replyTo() != null && Addresses.isMailable(identity.replyTo()),
                "is not a mail address; write it without a name, like help@example.com");
        checks.require(
                ".from-name",
                identity.fromName(),
                identity.fromName() != null && LINE.matcher(identity.fromName()).matches(),
                "is not one line of at most 100 characters");
        checks.require(
                ".color",
                identity.color(),
                identity.color() != null && COLOR.matcher(identity.color()).matches(),
                "is not a colour; write it like #1a6b54");
        checks.https(".logo", identity.logo());
        checks.https(".imprint", identity.imprint());
        checks.https(".privacy", identity.privacy());
    }

    private static boolean isContact(@Nullable String contact) {
        if (contact == null || Addresses.isMailable(contact)) {
            return contact != null;
        }
        try {
            return isHttps(new URI(contact));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void https(String property, @Nullable URI uri) {
        require(
                property,
                uri == null ? null : uri.toString(),
                uri != null && isHttps(uri),
                "is not an https URL; write it like https://example.com/");
    }

    private static boolean isHttps(URI uri) {
        return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null;
    }

    private void require(String property, @Nullable String value, boolean valid, String error) {
        if (value != null && !valid) {
            throw new IllegalArgumentException(
                    setting + property + " is " + ObjectKeys.quoted(value) + ", which " + error);
        }
    }
}
