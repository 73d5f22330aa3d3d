package dev.attache.wording;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Other people's words, made fit to be shown: without control characters, which inject headers, and without zero-width
 * and bidirectional formatting characters, which make a text look like another one. Escaping for HTML is the template's
 * part.
 */
public final class DisplayText {

    /** Zero-width joiners are part of how some scripts and emoji are written, so running text keeps them. */
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\n\\u200c\\u200d]]");

    private static final Pattern INVISIBLE_IN_A_LINE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
    private static final Pattern ADDRESS = Pattern.compile("[@\\uFF20\\uFE6B]|://|\\bwww\\.", Pattern.CASE_INSENSITIVE);
    private static final int NAME_LIMIT = 100;

    private DisplayText() {}

    /**
     * One line: every run of white space is one space.
     *
     * @param limit the most characters (code points) to keep; what is longer ends with an ellipsis
     */
    public static String line(String text, int limit) {
        String spaced = text.replaceAll("[\\s\\x85\\p{Z}]+", " ");
        String line = INVISIBLE_IN_A_LINE.matcher(spaced).replaceAll("").strip();
        if (line.codePointCount(0, line.length()) <= limit) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, limit - 1)).stripTrailing() + "…";
    }

    /**
     * How to call somebody. A name that looks like an address ({@code ceo@bank.example}) or a link would pass itself
     * off as one, so it is not used.
     */
    public static Optional<String> name(@Nullable String name) {
        if (name == null) {
            return Optional.empty();
        }
        String line = line(name, NAME_LIMIT);
        return line.isEmpty() || ADDRESS.matcher(line).find() ? Optional.empty() : Optional.of(line);
    }

    /** Paragraphs, which blank lines part, each a list of lines. */
    public static List<List<String>> paragraphs(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        String clean = INVISIBLE
                .matcher(text.replaceAll("\\R", "\n").replace('\t', ' '))
                .replaceAll("")
                .strip();
        return Pattern.compile("\\n[ \\n]*\\n")
                .splitAsStream(clean)
                .map(paragraph -> paragraph.lines().map(String::strip).toList())
                .filter(lines -> !lines.isEmpty())
                .toList();
    }
}
