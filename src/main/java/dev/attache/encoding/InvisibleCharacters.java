package dev.attache.encoding;

import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Set;

/**
 * Removes the characters from a text that nobody sees, which can disguise it: control and format characters, unpaired
 * surrogates, line ends, fillers and variation selectors. Kept are those that belong to what is seen:
 *
 * <ul>
 *   <li>joiners between letters of scripts that need them, as in Persian and Sinhala names (The Unicode Standard,
 *       section 23.2, "Cursive Connection and Ligatures")
 *   <li>joiners, variation selectors and tags of emoji (UTS #51, "Unicode Emoji")
 *   <li>variation selectors of Chinese characters, which Japanese names need (UTS #37), and of Mongolian letters
 * </ul>
 */
public final class InvisibleCharacters {

    private static final int NON_JOINER = 0x200C;

    private static final int JOINER = 0x200D;

    /** Shows the character before it as a picture. The one before shows it as text. */
    private static final int EMOJI_STYLE = 0xFE0F;

    /** Draws a key around the digit before it. */
    private static final int KEY = 0x20E3;

    private static final int BLACK_FLAG = 0x1F3F4;

    /** The flags that are written with tags: England, Scotland and Wales. */
    private static final List<String> TAGGED_FLAGS = List.of(flag("gbeng"), flag("gbsct"), flag("gbwls"));

    /** Letters and symbols without ink: grapheme joiner, fillers of Hangul and Khmer, and the blank of Braille. */
    private static final Set<Integer> FILLERS = Set.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0);

    private static final Set<UnicodeScript> JOINED_SCRIPTS = Set.of(
            UnicodeScript.ADLAM,
            UnicodeScript.ARABIC,
            UnicodeScript.BALINESE,
            UnicodeScript.BENGALI,
            UnicodeScript.DEVANAGARI,
            UnicodeScript.GUJARATI,
            UnicodeScript.GURMUKHI,
            UnicodeScript.HANIFI_ROHINGYA,
            UnicodeScript.JAVANESE,
            UnicodeScript.KANNADA,
            UnicodeScript.KHMER,
            UnicodeScript.MALAYALAM,
            UnicodeScript.MANDAIC,
            UnicodeScript.MONGOLIAN,
            UnicodeScript.MYANMAR,
            UnicodeScript.NKO,
            UnicodeScript.ORIYA,
            UnicodeScript.SINHALA,
            UnicodeScript.SYRIAC,
            UnicodeScript.TAMIL,
            UnicodeScript.TELUGU,
            UnicodeScript.TIBETAN);

    private InvisibleCharacters() {}

    /** The text without its invisible characters. Removing them again changes nothing. */
    public static String removedFrom(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return text;
        }
        StringBuilder visible = new StringBuilder(text.length());
        // The last kept character, and the last one that is not part of the picture before it.
        int previous = 0;
        int base = 0;
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            int length = c == BLACK_FLAG ? flagLength(text, at) : Character.charCount(c);
            if (!isInvisible(c) || belongs(c, previous, base, next(text, at + length))) {
                visible.append(text, at, at + length);
                base = c == EMOJI_STYLE || Character.isEmojiModifier(c) ? base : c;
                previous = c;
            }
            at += length;
        }
        return visible.toString();
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            case Character.FORMAT -> !isArabicSign(c);
            default -> FILLERS.contains(c) || isVariationSelector(c);
        };
    }

    /** Whether an invisible character belongs to the visible ones around it. */
    private static boolean belongs(int c, int previous, int base, int next) {
        return switch (c) {
            case NON_JOINER -> isJoined(previous) && isJoined(next);
            case JOINER ->
                isJoined(previous)
                        || (Character.isExtendedPictographic(base) && Character.isExtendedPictographic(next));
            default -> isVariationSelector(c) && varies(previous, next);
        };
    }

    /** The next character that is not a joiner: of several joiners in a row, the first is kept. */
    private static int next(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == NON_JOINER || text.charAt(at) == JOINER)) {
            at++;
        }
        return at < text.length() ? text.codePointAt(at) : 0;
    }

    /** A letter, or a mark on a letter; the marks of Arabic vowels belong to several scripts ("inherited"). */
    private static boolean isJoined(int c) {
        UnicodeScript script = UnicodeScript.of(c);
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
                !isInvisible(c) && (script == UnicodeScript.INHERITED || JOINED_SCRIPTS.contains(script));
            default -> Character.isLetter(c) && JOINED_SCRIPTS.contains(script);
        };
    }

    /** Whether a variation selector may follow. Digits are emoji, but vary only as the label of a key. */
    private static boolean varies(int c, int next) {
        return (Character.isEmoji(c) && (c > '9' || next == KEY))
                || Character.isIdeographic(c)
                || (Character.isLetter(c) && UnicodeScript.of(c) == UnicodeScript.MONGOLIAN);
    }

    private static boolean isVariationSelector(int c) {
        return (c >= 0xFE00 && c <= EMOJI_STYLE)
                || (c >= 0xE0100 && c <= 0xE01EF)
                || (c >= 0x180B && c <= 0x180D)
                || c == 0x180F;
    }

    /** Signs for numbers and verses, which are format characters and visible. */
    private static boolean isArabicSign(int c) {
        return (c >= 0x0600 && c <= 0x0605) || c == 0x06DD || c == 0x08E2;
    }

    private static int flagLength(String text, int at) {
        return TAGGED_FLAGS.stream()
                .filter(flag -> text.startsWith(flag, at))
                .findFirst()
                .map(String::length)
                .orElse(Character.charCount(BLACK_FLAG));
    }

    private static String flag(String region) {
        StringBuilder flag = new StringBuilder().appendCodePoint(BLACK_FLAG);
        region.chars().forEach(letter -> flag.appendCodePoint(0xE0000 + letter));
        return flag.appendCodePoint(0xE007F).toString();
    }
}
