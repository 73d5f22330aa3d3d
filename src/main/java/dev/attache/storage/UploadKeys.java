package dev.attache.storage;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How uploaded objects are named: {@code uploads/<source>/<id of the open upload>/<n>}, where n counts an upload's
 * files from 1. A link is signed for one key, and one key takes one file, so that whoever holds a link can send one
 * file with it; the next number is signed for when that one was refused. Earlier builds had the file's name in the
 * place of the number; such keys are still known.
 */
public final class UploadKeys {

    /** All uploads lie under it; the bucket's notifications are filtered to it. */
    public static final String PREFIX = "uploads/";

    /** So many files of one upload may be refused. */
    public static final int MOST_FILES = 100;

    private static final Pattern KEY =
            Pattern.compile("uploads/([^/]+)/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/([^/]+)");

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");

    private UploadKeys() {}

    /** The key of an open upload's n-th file. */
    public static String key(String source, UUID uploadId, int number) {
        return PREFIX + source + "/" + uploadId + "/" + number;
    }

    /** Which file of an upload it is, from 1; empty for a key of the earlier form, or of another. */
    public static OptionalInt number(String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches() && NUMBER.matcher(matcher.group(3)).matches()
                ? OptionalInt.of(Integer.parseInt(matcher.group(3)))
                : OptionalInt.empty();
    }

    /**
     * The number of the file that an upload waits for.
     *
     * @param last the key of the file that was last signed for, or refused; absent when there was none
     * @param refused whether that one was refused
     */
    public static int next(@Nullable String last, boolean refused) {
        OptionalInt number = last == null ? OptionalInt.empty() : number(last);
        return number.isEmpty() ? 1 : number.getAsInt() + (refused ? 1 : 0);
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
