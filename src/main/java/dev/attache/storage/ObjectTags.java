package dev.attache.storage;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The limits of an object's tags ("Categorizing your objects using tags"): at most 10, keys of 1 to 128 and values of
 * up to 256 characters. The characters are those that every AWS service allows, which include none that XML escapes.
 */
public final class ObjectTags {

    private static final int MOST = 10;

    private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{N}\\p{Zs}_.:/=+@-]{1,128}");

    private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{N}\\p{Zs}_.:/=+@-]{0,256}");

    private ObjectTags() {}

    /** The error in these tags, as the end of a sentence about them, with its fix; empty if they are valid. */
    public static Optional<String> error(Map<String, String> tags) {
        if (tags.size() > MOST) {
            return Optional.of("has " + tags.size() + " tags, but S3 allows " + MOST + " at most; remove some");
        }
        return tags.entrySet().stream()
                .flatMap(tag -> error(tag.getKey(), tag.getValue()).stream())
                .findFirst();
    }

    private static Optional<String> error(String key, String value) {
        if (key.regionMatches(true, 0, "aws:", 0, 4)) {
            return Optional.of("contains the key " + ObjectKeys.quoted(key)
                    + ", but AWS reserves keys that begin with aws:; use another");
        }
        if (!KEY.matcher(key).matches()) {
            return Optional.of("contains the key " + ObjectKeys.quoted(key)
                    + ", but a key is 1 to 128 letters, digits, spaces and characters of _.:/=+@-");
        }
        if (!VALUE.matcher(value).matches()) {
            return Optional.of("contains the value " + ObjectKeys.quoted(value) + " of " + ObjectKeys.quoted(key)
                    + ", but a value is at most 256 letters, digits, spaces and characters of _.:/=+@-");
        }
        return Optional.empty();
    }
}
