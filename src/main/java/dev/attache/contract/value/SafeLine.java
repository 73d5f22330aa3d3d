package dev.attache.contract.value;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Converts a text from outside to one line that may be published: without links, control characters and line ends, and
 * not longer than a limit. For example, a mail relay may quote a refused mail, which contains links.
 */
public final class SafeLine {

    static final String REMOVED_LINK = "(link removed)";

    /**
     * The separators of words: spaces, and the control characters and line ends that the contract does not allow in a
     * line.
     */
    private static final Pattern SEPARATORS = Pattern.compile("[\\u0000-\\u0020\\u007F-\\u009F\\u2028\\u2029]+");

    /** The address of an upload page or a download page in lower case, without its scheme. */
    private static final Pattern PAGE = Pattern.compile(
            PagePaths.UPLOAD + "[0-9a-f]{32}|" + PagePaths.DOWNLOAD + "[0-9a-z_-]{" + PagePaths.TOKEN_LENGTH + "}");

    private SafeLine() {}

    /** @param limit the most characters (UTF-16) that the result may have; a longer text ends with an ellipsis */
    public static String of(String text, int limit) {
        String line = SEPARATORS
                .splitAsStream(text)
                .filter(word -> !word.isEmpty())
                .map(word -> isLink(word) ? REMOVED_LINK : word)
                .collect(Collectors.joining(" "));
        return shortened(line, limit);
    }

    private static boolean isLink(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.contains("://")
                || lower.contains("x-amz-")
                || PAGE.matcher(lower).find();
    }

    /**
     * The text, or its start with an ellipsis. Never contains half of a surrogate pair that the text has as a whole.
     *
     * @param limit the most characters (UTF-16) of the result
     */
    public static String shortened(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = limit - 1;
        // Do not keep half of a surrogate pair.
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
