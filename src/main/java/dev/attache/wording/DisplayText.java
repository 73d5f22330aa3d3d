package dev.attache.wording;

import dev.attache.encoding.InvisibleCharacters;
import dev.attache.encoding.WholeCharacters;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sanitizes texts of other people. It removes control characters, which could inject headers, and invisible characters,
 * which can disguise a text ({@link InvisibleCharacters}). The templates escape HTML.
 */
public final class DisplayText {

    private static final Pattern ADDRESS = Pattern.compile("[@\\uFF20\\uFE6B]|://|\\bwww\\.", Pattern.CASE_INSENSITIVE);
    private static final int NAME_LIMIT = 100;

    private DisplayText() {}

    /**
     * Makes one line; white space is reduced to single spaces.
     *
     * @param limit the most characters (code points); a longer text ends with an ellipsis
     */
    public static String line(String text, int limit) {
        String spaced = text.replaceAll("[\\s\\x85\\p{Z}]+", " ");
        String line = InvisibleCharacters.removedFrom(spaced).strip();
        if (line.codePointCount(0, line.length()) <= limit) {
            return line;
        }
        return WholeCharacters.start(line, line.offsetByCodePoints(0, limit - 1))
                        .stripTrailing() + "…";
    }

    /**
     * Sanitizes the name of a person. Empty if it looks like an address ({@code ceo@bank.example}) or a link, which
     * could mislead the reader.
     */
    public static Optional<String> name(@Nullable String name) {
        if (name == null) {
            return Optional.empty();
        }
        String line = line(name, NAME_LIMIT);
        return line.isEmpty() || ADDRESS.matcher(line).find() ? Optional.empty() : Optional.of(line);
    }

    /** Splits a text at blank lines into paragraphs, each a list of lines. */
    public static List<List<String>> paragraphs(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        String clean = text.replaceAll("\\R", "\n")
                .replace('\t', ' ')
                .lines()
                .map(InvisibleCharacters::removedFrom)
                .collect(Collectors.joining("\n"))
                .strip();
        return Pattern.compile("\\n[ \\n]*\\n")
                .splitAsStream(clean)
                .map(paragraph -> paragraph.lines().map(String::strip).toList())
                .filter(lines -> !lines.isEmpty())
                .toList();
    }
}
