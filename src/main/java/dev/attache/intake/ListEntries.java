package dev.attache.intake;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Cleans the entries of recipient lists, which people and other programs write in different ways: removes characters
 * around an address, and describes entries that are not addresses.
 */
final class ListEntries {

    /** Usual headings of a column of addresses. */
    private static final Set<String> HEADINGS = Set.of(
            "email",
            "e-mail",
            "mail",
            "address",
            "email address",
            "e-mail address",
            "mail address",
            "email_address",
            "emailaddress",
            "recipient",
            "recipients",
            "adresse",
            "e-mail-adresse",
            "email-adresse",
            "mailadresse",
            "courriel",
            "correo",
            "correo electrónico");

    private static final String AS_JSON = "{\"address\":\"ana@example.com\",\"name\":\"Ana\"}";

    private ListEntries() {}

    /**
     * Removes spaces and invisible characters at both ends, and commas and semicolons at the end. The result may be
     * empty.
     */
    static String cleaned(String line) {
        int begin = 0;
        int end = line.length();
        while (begin < end && isAround(line.charAt(begin))) {
            begin++;
        }
        while (begin < end && (isAround(line.charAt(end - 1)) || isSeparator(line.charAt(end - 1)))) {
            end--;
        }
        return line.substring(begin, end);
    }

    /** Whether the first entry of a list is the heading of its only column. */
    static boolean isHeading(String entry) {
        return HEADINGS.contains(entry.replace("\"", "").strip().toLowerCase(Locale.ROOT));
    }

    /**
     * Why an entry is not an address, as the rest of a sentence that begins with the line's number; empty if it may be
     * an address or is a JSON object.
     *
     * @param first whether it is the first entry of the list
     */
    static Optional<String> oddity(String entry, boolean first) {
        if (entry.startsWith("{")) {
            return Optional.empty();
        }
        if (entry.startsWith("[") || entry.startsWith("]")) {
            return Optional.of("is part of a JSON array; write one recipient per line, without brackets around them");
        }
        long ats = entry.chars().filter(c -> c == '@').count();
        if (first && ats == 0) {
            return Optional.of("looks like a heading; remove it, and write one recipient per line");
        }
        if (entry.indexOf('<') >= 0 || entry.indexOf('>') >= 0) {
            return Optional.of("has more than an address; write the address without angle brackets, or " + AS_JSON);
        }
        if (entry.chars().anyMatch(c -> isSeparator(c) || c == '\t')) {
            return Optional.of(
                    ats > 1
                            ? "has several addresses; write one recipient per line"
                            : "looks like a row of a table; write only the address, or " + AS_JSON);
        }
        return entry.chars()
                .filter(c -> isAround(c) || Character.isISOControl(c))
                .boxed()
                .findFirst()
                .map(c -> "has a space or an invisible character in the address (%s); remove it"
                        .formatted("U+%04X".formatted(c)));
    }

    private static boolean isSeparator(int c) {
        return c == ',' || c == ';';
    }

    /** Whether it is a space of any kind, or an invisible character such as U+200B or U+FEFF. */
    private static boolean isAround(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT;
    }
}
