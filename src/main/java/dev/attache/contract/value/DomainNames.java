package dev.attache.contract.value;

import com.ibm.icu.text.IDNA;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Converts internationalized domain names to ASCII for DNS and SMTP, by UTS 46 (Unicode Technical Standard #46,
 * "Unicode IDNA Compatibility Processing"), non-transitional, as registries and browsers do today. By the older rules
 * of {@link java.net.IDN} (IDNA 2003), {@code faß.example} would become {@code fass.example}, which may have another
 * owner.
 */
final class DomainNames {

    private static final String ACE_PREFIX = "xn--";

    private static final int MOST_CHARACTERS = 253;

    private static final String TOO_LONG = "has more than " + MOST_CHARACTERS + " characters in its ASCII form";

    private static final String NO_NAME = "has a part that begins with xn-- and does not encode a valid name";

    /** The texts of common errors. All other errors have one text. */
    private static final Map<IDNA.Error, String> WORDS = Map.of(
            IDNA.Error.EMPTY_LABEL, "has two dots in a row or one at an end",
            IDNA.Error.LABEL_TOO_LONG, "has a part of more than 63 characters in its ASCII form",
            IDNA.Error.DOMAIN_NAME_TOO_LONG, TOO_LONG,
            IDNA.Error.PUNYCODE, NO_NAME,
            IDNA.Error.INVALID_ACE_LABEL, NO_NAME,
            IDNA.Error.BIDI, "mixes directions of writing against the rules (RFC 5893)",
            IDNA.Error.CONTEXTJ, "has an invisible joiner where it has no effect",
            IDNA.Error.LEADING_COMBINING_MARK, "has a part that begins with a combining mark");

    private DomainNames() {}

    /** Loaded when first needed, because it loads large tables. */
    private static final class Uts46 {

        private static final IDNA RULES = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII
                | IDNA.NONTRANSITIONAL_TO_UNICODE
                | IDNA.CHECK_BIDI
                | IDNA.CHECK_CONTEXTJ
                | IDNA.CHECK_CONTEXTO
                | IDNA.USE_STD3_RULES);
    }

    /**
     * Converts a name to ASCII. ASCII names are returned unchanged and unchecked, except those with {@code xn--}, whose
     * decoded form is checked.
     *
     * @throws IllegalArgumentException if the name cannot be converted; the message is the rest of a sentence that
     *     begins with "the domain", and does not quote the name
     */
    static String toAscii(String domain) {
        boolean ascii = isAscii(domain);
        if (ascii && !("." + domain).toLowerCase(Locale.ROOT).contains("." + ACE_PREFIX)) {
            return domain;
        }
        if (domain.length() > MOST_CHARACTERS) {
            // The library throws other exceptions for much longer names.
            throw new IllegalArgumentException(TOO_LONG);
        }
        IDNA.Info info = new IDNA.Info();
        String converted =
                Uts46.RULES.nameToASCII(domain, new StringBuilder(), info).toString();
        if (info.hasErrors()) {
            throw new IllegalArgumentException(words(info.getErrors()));
        }
        return ascii ? domain : converted;
    }

    private static String words(Set<IDNA.Error> errors) {
        return errors.stream()
                .sorted()
                .map(WORDS::get)
                .filter(words -> words != null)
                .findFirst()
                .orElse("has a character that is not allowed there in an internationalized domain name");
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }
}
