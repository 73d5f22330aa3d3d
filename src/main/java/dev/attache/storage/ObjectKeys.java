package dev.attache.storage;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Validates object keys for links. S3 uses a key as it is, but browsers, proxies and content delivery networks resolve
 * dot segments before they send a request: a link to {@code a/../b} would address another object.
 */
public final class ObjectKeys {

    /** "Naming Amazon S3 objects": at most 1,024 bytes in UTF-8. */
    private static final int LONGEST = 1024;

    private ObjectKeys() {}

    /** The error in this key, as the end of a sentence; empty if the key is valid. */
    public static Optional<String> error(String key) {
        if (key.isEmpty()) {
            return Optional.of("is empty");
        }
        if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return Optional.of("is longer than 1024 bytes");
        }
        if (key.codePoints().anyMatch(ObjectKeys::isControl)) {
            return Optional.of("contains control characters");
        }
        return segmentError(key);
    }

    private static Optional<String> segmentError(String key) {
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
     * Quotes text from outside for an error message or the log: invisible characters become question marks, and text
     * after 200 characters is cut.
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
