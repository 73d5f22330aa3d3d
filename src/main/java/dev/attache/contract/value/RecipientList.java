package dev.attache.contract.value;

import org.jspecify.annotations.Nullable;

/** A large audience: an NDJSON object in S3, a recipient a line. */
public record RecipientList(@Nullable String bucket, String key) {}
