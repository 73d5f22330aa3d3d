package dev.attache.console;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Masks mail addresses for those who may only read. */
public final class Masks {

    private static final String LOCAL = "[\\p{L}\\p{N}.!#$&'*+/=?^_`{|}~-]";

    /**
     * An address as it may occur in any text, also percent-encoded. The local part may be quoted. A run of characters
     * is looked at once only, so the time is linear.
     */
    private static final Pattern ADDRESS =
            Pattern.compile("(\"[^\"\r\n]{1,64}+\"|(?<!" + LOCAL + ")" + LOCAL + "++)(@|%40)([\\p{L}\\p{N}.-]++)");

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
