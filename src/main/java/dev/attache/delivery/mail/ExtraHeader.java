package dev.attache.delivery.mail;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A header that the relay reads, such as one that switches its click tracking off.
 *
 * @param name a field name (RFC 5322, section 3.6.8)
 * @param value one line of ASCII
 */
record ExtraHeader(String name, String value) {

    /** With the value, a line has at most 998 characters (RFC 5322, section 2.1.1). */
    private static final Pattern FORM = Pattern.compile("([!-9;-~]{1,100}):[ ]?([ -~]{1,890})");

    /** The headers that mails have already, and those that say who sends them to whom. */
    private static final Set<String> OURS = Set.of(
            "auto-submitted",
            "bcc",
            "cc",
            "date",
            "dkim-signature",
            "from",
            "message-id",
            "mime-version",
            "precedence",
            "received",
            "reply-to",
            "return-path",
            "sender",
            "subject",
            "to");

    private static final Set<String> OUR_BEGINNINGS = Set.of("content-", "list-", "resent-", "x-attache-");

    /** @throws IllegalArgumentException if it is not {@code Name: value}, or a header that is not free */
    static ExtraHeader of(String setting) {
        var form = FORM.matcher(setting);
        if (!form.matches() || form.group(2).isBlank()) {
            throw new IllegalArgumentException(
                    "attache.mail.headers has '%s', which is not a header of a mail: ".formatted(setting)
                            + "write it as 'Name: value' in ASCII, on one line of at most 890 characters");
        }
        String name = form.group(1);
        String lowerCase = name.toLowerCase(Locale.ROOT);
        if (OURS.contains(lowerCase) || OUR_BEGINNINGS.stream().anyMatch(lowerCase::startsWith)) {
            throw new IllegalArgumentException(
                    "attache.mail.headers has '%s', which Attaché or the relay sets: ".formatted(name)
                            + "only headers for the relay can be added, such as 'X-PM-TrackLinks: None'");
        }
        return new ExtraHeader(name, form.group(2));
    }
}
