package dev.attache.link;

import org.jspecify.annotations.Nullable;

/** A file's name in an object's metadata, percent-encoded as {@link RequestIds} are. */
final class FileNameMetadata {

    static final String METADATA = "file-name";

    static final String HEADER = "x-amz-meta-" + METADATA;

    private FileNameMetadata() {
    }

    static String of(String fileName) {
        return RequestIds.encoded(FileNames.forMetadata(fileName));
    }

    /** As it can be shown; absent where the object has none. Somebody else may have written it. */
    static @Nullable String read(@Nullable String metadata) {
        return metadata == null || metadata.isBlank() ? null : FileNames.forDisplay(RequestIds.fromMetadata(metadata));
    }
}
