package dev.attache.contract.value;

import org.jspecify.annotations.Nullable;

/**
 * The object that an event asks to link to.
 *
 * @param bucket the bucket; the attachments' bucket when absent
 * @param key the object key, as it stands in S3 (not URL-encoded)
 * @param versionId the version, in a versioned bucket
 * @param fileName the name under which a browser saves it; the key's last part when absent
 */
public record AttachmentRef(
        @Nullable String bucket,
        String key,
        @Nullable String versionId,
        @Nullable String fileName) {}
