package dev.attache.storage.multipart;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A part that S3 has stored ("ListParts").
 *
 * @param number from 1
 * @param size in bytes
 * @param sha256 the SHA-256 of its content in base64; null if it was sent without one
 */
public record StoredPart(
        int number, long size, String eTag, @Nullable String sha256, Instant uploadedAt) {}
