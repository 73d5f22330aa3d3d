package dev.attache.gateway.upload;

import org.jspecify.annotations.Nullable;

/**
 * The file that a person picked, as their browser describes it.
 *
 * @param name as it is called on their machine
 * @param size in bytes
 * @param type the media type; browsers leave it empty for types they do not know
 */
record OfferedFile(
        @Nullable String name,
        @Nullable Long size,
        @Nullable String type) {}
