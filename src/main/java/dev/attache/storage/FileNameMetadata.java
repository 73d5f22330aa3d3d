package dev.attache.storage;

import org.jspecify.annotations.Nullable;

/** A file's name in an object's metadata, percent-encoded as {@link RequestIds} are. */
public final class FileNameMetadata {

    public static final String METADATA = "file-name";

    public static final String HEADER = "x-amz-meta-" + METADATA;

    private FileNameMetadata() {}

    public static String of(String fileName) {
        return RequestIds.encoded(FileNames.forMetadata(fileName));
    }

    /** As it can be shown; absent where the object has none. Somebody else may have written it. */
    static @Nullable String read(@Nullable String metadata) {
        return metadata == null || metadata.isBlank() ? null : FileNames.forDisplay(RequestIds.fromMetadata(metadata));
    }
}
