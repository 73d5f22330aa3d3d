package dev.attache.contract.value;

import org.jspecify.annotations.Nullable;

/** A large audience: an NDJSON object in S3 with one recipient per line. */
public record RecipientList(@Nullable String bucket, String key) {}
