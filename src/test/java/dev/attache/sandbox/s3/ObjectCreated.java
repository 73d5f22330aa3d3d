package dev.attache.sandbox.s3;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An object that was written.
 *
 * @param operation the operation in the name of the event: {@code Put}, {@code Copy} or {@code CompleteMultipartUpload}
 * @param size in bytes
 * @param eTag without quotes
 * @param sequencer hexadecimal; greater for later events for the same key
 * @param versionId null in a bucket without versioning
 */
public record ObjectCreated(
        String operation,
        String bucket,
        String key,
        long size,
        String eTag,
        String sequencer,
        @Nullable String versionId,
        Instant time) {}
