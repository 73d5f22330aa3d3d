package dev.attache.storage;

import dev.attache.encoding.PercentEncoding;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * The name of a file in the metadata of its object, percent-encoded like {@link RequestIds}, and its id: 32 hexadecimal
 * digits. The id tells two files of the same name and size apart, whose links were signed for the same key.
 */
public final class FileNameMetadata {

    public static final String METADATA = "file-name";

    public static final String HEADER = "x-amz-meta-" + METADATA;

    public static final String ID_METADATA = "file-id";

    static final String ID_HEADER = "x-amz-meta-" + ID_METADATA;

    static final int ID_LENGTH = 32;

    private static final Pattern ID = Pattern.compile("[0-9a-f]{" + ID_LENGTH + "}");

    private FileNameMetadata() {}

    /** The encoded name, shortened to its share of the metadata. */
    public static String of(String fileName) {
        return PercentEncoding.VISIBLE_ASCII.encode(FileNames.forMetadata(fileName));
    }

    /** The name in a form that can be shown; null if the object has none. Other programs may have written the value. */
    static @Nullable String read(@Nullable String metadata) {
        return metadata == null || metadata.isBlank() ? null : FileNames.forDisplay(decoded(metadata));
    }

    /** The id; null if the object has none. Other programs may have written the value. */
    static @Nullable String readId(@Nullable String metadata) {
        return metadata != null && ID.matcher(metadata).matches() ? metadata : null;
    }

    private static String decoded(String metadata) {
        try {
            return StringUtils.uriDecode(metadata, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notPercentEncoded) {
            return metadata;
        }
    }
}
