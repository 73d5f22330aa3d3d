package dev.attache.deadletters;

import java.util.HexFormat;

/**
 * A text without the escapes of JSON (RFC 8259, section 7), also of JSON within a JSON string, for finding what may be
 * written with them. The text need not be valid JSON: backslashes before a character are left out, whatever it is.
 */
public final class UnescapedText {

    /** A backslash may be written by its code, and then begins another escape. */
    private static final int PASSES = 5;

    private static final int DIGITS = 4;

    private static final int[] SAME = {};

    private final String text;

    /** Where each character begins in the original, and where that ends. */
    private final int[] origins;

    private UnescapedText(String text, int[] origins) {
        this.text = text;
        this.origins = origins;
    }

    public static UnescapedText of(String original) {
        UnescapedText current = new UnescapedText(original, SAME);
        for (int pass = 0; pass < PASSES && current.text.indexOf('\\') >= 0; pass++) {
            current = current.unescaped();
        }
        return current;
    }

    public String text() {
        return text;
    }

    /**
     * The index in the original of what is at an index of the text.
     *
     * @param index may be the length of the text
     */
    public int origin(int index) {
        return origins.length == 0 ? index : origins[index];
    }

    private UnescapedText unescaped() {
        StringBuilder plain = new StringBuilder(text.length());
        int[] begins = new int[text.length() + 1];
        int at = 0;
        while (at < text.length()) {
            begins[plain.length()] = origin(at);
            int next = at;
            while (next < text.length() && text.charAt(next) == '\\') {
                next++;
            }
            if (next > at && isUnicodeEscape(next)) {
                plain.append((char) HexFormat.fromHexDigits(text, next + 1, next + 1 + DIGITS));
                next += DIGITS;
            } else if (next < text.length()) {
                plain.append(text.charAt(next));
            }
            at = next + 1;
        }
        begins[plain.length()] = origin(text.length());
        return new UnescapedText(plain.toString(), begins);
    }

    private boolean isUnicodeEscape(int letter) {
        return letter + DIGITS < text.length()
                && text.charAt(letter) == 'u'
                && text.substring(letter + 1, letter + 1 + DIGITS).chars().allMatch(HexFormat::isHexDigit);
    }
}
