package dev.attache.intake;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The entries of recipient lists as people and other programs write them: what may stand around an address is taken
 * away, and what stands in place of one is named.
 */
final class ListEntries {

    /** What the only column of a table is called. None of them is an address. */
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
     * A line without the spaces and invisible characters at its ends, and without commas and semicolons at its end;
     * empty for a line that has nothing else.
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
     * What an entry is in place of an address, as the rest of a sentence that begins with the line's number; empty for
     * what may be an address, and for JSON objects.
     *
     * @param first whether it is the list's first
     */
    static Optional<String> oddity(String entry, boolean first) {
        if (entry.startsWith("{")) {
            return Optional.empty();
        }
        if (entry.startsWith("[") || entry.startsWith("]")) {
            return Optional.of("is part of a JSON array; write one recipient a line, without brackets around them");
        }
        long ats = entry.chars().filter(c -> c == '@').count();
        if (first && ats == 0) {
            return Optional.of("looks like a heading; remove it, and write one recipient a line");
        }
        if (entry.indexOf('<') >= 0 || entry.indexOf('>') >= 0) {
            return Optional.of("has more than an address; write the address without angle brackets, or " + AS_JSON);
        }
        if (entry.chars().anyMatch(c -> isSeparator(c) || c == '\t')) {
            return Optional.of(
                    ats > 1
                            ? "has several addresses; write one recipient a line"
                            : "looks like a row of a table; write the address alone, or " + AS_JSON);
        }
        return entry.chars()
                .filter(c -> isAround(c) || Character.isISOControl(c))
                .boxed()
                .findFirst()
                .map(c -> "has a space, or a character that is not seen, within the address (%s); remove it"
                        .formatted("U+%04X".formatted(c)));
    }

    private static boolean isSeparator(int c) {
        return c == ',' || c == ';';
    }

    /** Spaces of all kinds, and characters that are not seen, such as U+200B and U+FEFF. */
    private static boolean isAround(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT;
    }
}
