package dev.attache.storage;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Compares media types with lists of accepted types and of ranges such as {@code image/*} (RFC 9110, section 12.5.1).
 */
public final class ContentTypes {

    /** RFC 6838, section 4.2: restricted names. */
    private static final String NAME = "[a-z0-9][a-z0-9!#$&^_.+-]{0,126}";

    private static final Pattern TYPE = Pattern.compile(NAME + "/" + NAME);

    private static final Pattern RANGE = Pattern.compile("\\*/\\*|" + NAME + "/(\\*|" + NAME + ")");

    private ContentTypes() {}

    /** Whether a list of types and ranges, such as that of upload terms, accepts this type. Parameters are ignored. */
    public static boolean accepts(List<String> accepted, String contentType) {
        String type = essence(contentType);
        return TYPE.matcher(type).matches() && accepted.stream().anyMatch(range -> covers(range, type));
    }

    /** The type in lower case, without its parameters. */
    public static String essence(String contentType) {
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** Whether this is a valid type or range, in lower case and without parameters. */
    public static boolean isTypeOrRange(String essence) {
        return RANGE.matcher(essence).matches();
    }

    /** The types and ranges that both lists accept. */
    public static List<String> common(List<String> some, List<String> others) {
        Set<String> common = new LinkedHashSet<>();
        for (String one : some) {
            for (String other : others) {
                if (covers(other, one)) {
                    common.add(one);
                } else if (covers(one, other)) {
                    common.add(other);
                }
            }
        }
        return new ArrayList<>(common);
    }

    private static boolean covers(String range, String type) {
        return range.equals(type)
                || range.equals("*/*")
                || (range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1)));
    }
}
