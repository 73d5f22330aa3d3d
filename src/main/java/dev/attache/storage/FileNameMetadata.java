package dev.attache.storage;

import dev.attache.encoding.PercentEncoding;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** The name of a file in the metadata of its object, percent-encoded like {@link RequestIds}. */
public final class FileNameMetadata {

    public static final String METADATA = "file-name";

    public static final String HEADER = "x-amz-meta-" + METADATA;

    private FileNameMetadata() {}

    /** The encoded name, shortened to its share of the metadata. */
    public static String of(String fileName) {
        return PercentEncoding.VISIBLE_ASCII.encode(FileNames.forMetadata(fileName));
    }

    /** The name in a form that can be shown; null if the object has none. Other programs may have written the value. */
    static @Nullable String read(@Nullable String metadata) {
        return metadata == null || metadata.isBlank() ? null : FileNames.forDisplay(decoded(metadata));
    }

    private static String decoded(String metadata) {
        try {
            return StringUtils.uriDecode(metadata, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notPercentEncoded) {
            return metadata;
        }
    }
}
