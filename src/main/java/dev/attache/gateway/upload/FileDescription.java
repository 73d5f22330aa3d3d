package dev.attache.gateway.upload;

import org.jspecify.annotations.Nullable;

/**
 * A file that a person chose, as the browser describes it.
 *
 * @param name its name on the person's device
 * @param size in bytes
 * @param type the media type; empty if the browser does not know it
 * @param lastModified when it was last changed, in milliseconds since 1970; null if the browser does not say so
 * @param firstPart the SHA-256 of its first 8 MiB in base64; null if the browser cannot compute it
 */
record FileDescription(
        @Nullable String name,
        @Nullable Long size,
        @Nullable String type,
        @Nullable Long lastModified,
        @Nullable String firstPart) {

    FileDescription(@Nullable String name, @Nullable Long size, @Nullable String type, @Nullable Long lastModified) {
        this(name, size, type, lastModified, null);
    }
}
