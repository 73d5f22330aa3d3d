package dev.attache.encoding;

import java.text.BreakIterator;
import java.util.Locale;

/** Shortens texts between characters as people see them: a family emoji is one, of up to seven code points. */
public final class WholeCharacters {

    private WholeCharacters() {}

    /**
     * The longest start of the text that ends with a whole character. If the first character is longer than the limit,
     * the start ends inside of it, but never inside of a surrogate pair.
     *
     * @param limit the most UTF-16 units of the start, 2 or more
     */
    public static String start(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        int end = characters.preceding(limit + 1);
        if (end > 0) {
            return text.substring(0, end);
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }
}
