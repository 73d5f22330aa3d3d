package dev.attache.storage;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What makes an object key fit to be linked to. S3 takes a key as it stands, but browsers, proxies and content delivery
 * networks resolve dot segments before they send a request, so {@code a/../b} would reach (or pretend to be) something
 * else.
 */
public final class ObjectKeys {

    /** "Naming Amazon S3 objects": at most 1,024 bytes of UTF-8. */
    private static final int LONGEST = 1024;

    private ObjectKeys() {}

    /** What is wrong with this key; empty when nothing is. */
    public static Optional<String> fault(String key) {
        if (key.isEmpty()) {
            return Optional.of("is empty");
        }
        if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return Optional.of("is longer than 1024 bytes");
        }
        if (key.codePoints().anyMatch(ObjectKeys::isControl)) {
            return Optional.of("holds control characters");
        }
        return segmentFault(key);
    }

    private static Optional<String> segmentFault(String key) {
        for (String segment : key.split("/", -1)) {
            if (segment.isEmpty()) {
                return Optional.of("has an empty segment");
            }
            if (segment.equals(".") || segment.equals("..")) {
                return Optional.of("has a segment '" + segment + "'");
            }
        }
        return Optional.empty();
    }

    /**
     * A text from outside, fit for a message that operators read: nothing in it is invisible, and it is not endless.
     */
    public static String quoted(String text) {
        String shown = text.length() > 200 ? text.substring(0, 200) + "…" : text;
        StringBuilder quoted = new StringBuilder("'");
        shown.codePoints().map(c -> isInvisible(c) ? '?' : c).forEach(quoted::appendCodePoint);
        return quoted.append('\'').toString();
    }

    private static boolean isControl(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> false;
        };
    }

    private static boolean isInvisible(int codePoint) {
        return isControl(codePoint) || Character.getType(codePoint) == Character.FORMAT;
    }
}
