package dev.attache.link;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How uploaded objects are named: {@code uploads/<source>/<id of the open upload>/<safe file name>}. */
public final class UploadKeys {

    /** All uploads lie under it; the bucket's notifications are filtered to it. */
    public static final String PREFIX = "uploads/";

    private static final Pattern KEY = Pattern.compile(
            "uploads/([^/]+)/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/[^/]+");

    private UploadKeys() {
    }

    /** The key of a file in an open upload. */
    public static String key(String source, UUID uploadId, String fileName) {
        return PREFIX + source + "/" + uploadId + "/" + FileNames.safeForKey(fileName);
    }

    /** Whether a key is that of a file uploaded for this source. */
    public static boolean isOf(String source, String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches() && matcher.group(1).equals(source);
    }

    /** The open upload that a key belongs to; empty for a key that is none of ours. */
    public static Optional<UUID> uploadId(String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches() ? Optional.of(UUID.fromString(matcher.group(2))) : Optional.empty();
    }
}
