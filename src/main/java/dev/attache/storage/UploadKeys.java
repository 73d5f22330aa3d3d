package dev.attache.storage;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys of uploaded objects: {@code uploads/<source>/<id of the open upload>/<n>}, where n counts the files of an
 * upload from 1. A link is signed for one key, and a key accepts one file; so one link uploads one file. If that file
 * is refused, the next link is signed for the next number. Earlier builds used the file's name instead of the number;
 * such keys are still recognised.
 */
public final class UploadKeys {

    /** The prefix of all uploads, by which the notifications of the bucket are filtered. */
    public static final String PREFIX = "uploads/";

    /** The number of files that an upload accepts, refused ones included. */
    public static final int MOST_FILES = 100;

    private static final Pattern KEY =
            Pattern.compile("uploads/([^/]+)/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/([^/]+)");

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");

    private UploadKeys() {}

    /** The key of the n-th file of an open upload. */
    public static String key(String source, UUID uploadId, int number) {
        return PREFIX + source + "/" + uploadId + "/" + number;
    }

    /** The number of a file, from 1; empty for keys of earlier builds and for keys that are not of an upload. */
    public static OptionalInt number(String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches() && NUMBER.matcher(matcher.group(3)).matches()
                ? OptionalInt.of(Integer.parseInt(matcher.group(3)))
                : OptionalInt.empty();
    }

    /**
     * The number of the file that an upload expects next.
     *
     * @param last the key of the last file that was signed for or refused; null if there was none
     * @param refused whether that file was refused
     */
    public static int next(@Nullable String last, boolean refused) {
        OptionalInt number = last == null ? OptionalInt.empty() : number(last);
        return number.isEmpty() ? 1 : number.getAsInt() + (refused ? 1 : 0);
    }

    /** Whether this is the key of a file that was uploaded for this source. */
    public static boolean isOf(String source, String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches() && matcher.group(1).equals(source);
    }

    /** The id of the open upload that a key belongs to; empty for keys that are not of an upload. */
    public static Optional<UUID> uploadId(String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches() ? Optional.of(UUID.fromString(matcher.group(2))) : Optional.empty();
    }
}
