package dev.attache.contract.value;

import org.jspecify.annotations.Nullable;

/**
 * The object that an event asks to link to.
 *
 * @param bucket the bucket; null for the first bucket of the source
 * @param key the object key (not URL-encoded)
 * @param versionId the version id; null for the current version
 * @param fileName the name under which a browser saves the file; null for the last part of the key
 */
public record AttachmentRef(
        @Nullable String bucket,
        String key,
        @Nullable String versionId,
        @Nullable String fileName) {}
