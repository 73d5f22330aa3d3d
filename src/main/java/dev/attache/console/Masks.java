package dev.attache.console;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Masks mail addresses for those who may only read. */
public final class Masks {

    /** An address as it may occur in any text, also percent-encoded; a quoted local part as well. */
    private static final Pattern ADDRESS = Pattern.compile(
            "(\"[^\"\\s]{1,64}+\"|[\\p{L}\\p{N}.!#$&'*+/=?^_`{|}~-]{1,255}+)(@|%40)([\\p{L}\\p{N}.-]{1,255}+)");

    private Masks() {}

    /** The text with every address as {@code m…@example.com}. */
    public static String addresses(String text) {
        Matcher matcher = ADDRESS.matcher(text);
        return matcher.replaceAll(address ->
                Matcher.quoteReplacement(first(address.group(1)) + "…" + address.group(2) + address.group(3)));
    }

    /** The text as this reader may see it: operators see addresses, viewers do not. */
    public static String forReader(Operator operator, String text) {
        return operator.mayAct() ? text : addresses(text);
    }

    private static String first(String local) {
        String plain = local.startsWith("\"") ? local.substring(1) : local;
        return plain.substring(0, plain.offsetByCodePoints(0, 1));
    }
}
