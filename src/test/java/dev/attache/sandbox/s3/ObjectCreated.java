package dev.attache.sandbox.s3;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An object that has just been written.
 *
 * @param operation what S3 calls it: {@code Put}, {@code Copy} or {@code CompleteMultipartUpload}
 * @param size in bytes
 * @param eTag without quotes
 * @param sequencer hexadecimal; of two events for one key, the later has the greater one
 * @param versionId null in a bucket without versions
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
