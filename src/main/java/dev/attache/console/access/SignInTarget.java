package dev.attache.console.access;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a sign-in leads to: the page that was asked for, never another site. */
public final class SignInTarget {

    static final String HOME = "/ops";

    private static final int LONGEST = 2_000;

    /** A path that leaves the console; browsers decode {@code %2e}, too (WHATWG URL Standard, "double-dot segment"). */
    private static final Pattern LEAVES = Pattern.compile("(?i)[^?]*/(?:\\.|%2e){2}(?:[/?].*)?");

    /** Pages of the console only; no characters that browsers drop or take for a slash. */
    private static final Pattern PAGE = Pattern.compile("/ops(/[!-\\[\\]-~]*|\\?[!-\\[\\]-~]*)?");

    private SignInTarget() {}

    /** The given path if it is one of the console's pages; otherwise the first page. */
    public static String of(@Nullable String given) {
        return given != null
                        && given.length() <= LONGEST
                        && PAGE.matcher(given).matches()
                        && !LEAVES.matcher(given).matches()
                        && !given.startsWith("/ops/sign-")
                ? given
                : HOME;
    }
}
