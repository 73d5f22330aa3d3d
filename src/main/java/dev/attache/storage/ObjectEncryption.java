package dev.attache.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The encryption that a write requests from S3 in its headers (Amazon S3 API Reference, "PutObject"). Without such
 * headers S3 encrypts as the bucket is configured. Some buckets have a policy that refuses writes without these
 * headers.
 *
 * @param kmsKeyId the id, ARN or alias of the KMS key; null for the default key of the bucket or account, and without
 *     KMS
 */
public record ObjectEncryption(Kind kind, @Nullable String kmsKeyId) {

    /** No headers: the configuration of the bucket applies. */
    public static final ObjectEncryption NONE = new ObjectEncryption(Kind.NONE, null);

    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9:/_-]{1,2048}");

    /** The values of {@code x-amz-server-side-encryption}. */
    public enum Kind {
        NONE(""),
        AES256("AES256"),
        AWS_KMS("aws:kms"),
        AWS_KMS_DSSE("aws:kms:dsse");

        private final String header;

        Kind(String header) {
            this.header = header;
        }
    }

    /**
     * The encryption in the settings.
     *
     * @param prefix the prefix of the settings, for errors
     * @throws IllegalArgumentException if a key is set without KMS, or if it cannot be a key
     */
    public static ObjectEncryption configured(String prefix, Kind kind, @Nullable String kmsKeyId) {
        if (kmsKeyId == null || kmsKeyId.isBlank()) {
            // Blank: an environment variable that is set, but empty.
            return new ObjectEncryption(kind, null);
        }
        if (kind == Kind.NONE || kind == Kind.AES256) {
            throw new IllegalArgumentException(
                    "%s.kms-key-id is set, but %s.server-side-encryption is %s: set it to aws:kms, or leave the"
                                    .formatted(prefix, prefix, kind == Kind.NONE ? "none" : kind.header)
                            + " key out");
        }
        if (!KEY_ID.matcher(kmsKeyId).matches()) {
            throw new IllegalArgumentException(prefix + ".kms-key-id is " + ObjectKeys.quoted(kmsKeyId)
                    + ", but must be the id, the ARN or the alias of a KMS key, like alias/attache");
        }
        return new ObjectEncryption(kind, kmsKeyId);
    }

    /** The headers, with lower-case names; empty for {@link Kind#NONE}. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (kind != Kind.NONE) {
            headers.put("x-amz-server-side-encryption", kind.header);
        }
        if (kmsKeyId != null) {
            headers.put("x-amz-server-side-encryption-aws-kms-key-id", kmsKeyId);
        }
        return headers;
    }
}
