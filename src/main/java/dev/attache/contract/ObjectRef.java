package dev.attache.contract;

import org.jspecify.annotations.Nullable;

/** Coordinates of an object in S3. The key is not URL-encoded. */
public record ObjectRef(String bucket, String key, @Nullable String versionId) {

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key + (versionId == null ? "" : "?versionId=" + versionId);
    }
}
