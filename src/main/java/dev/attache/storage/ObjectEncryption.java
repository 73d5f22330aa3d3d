package dev.attache.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The headers by which a write asks S3 to encrypt the object (Amazon S3 API Reference, "PutObject"). S3 encrypts by
 * itself as the bucket says; the headers are for buckets whose policy refuses writes without them.
 *
 * @param kmsKeyId the KMS key's id or ARN; null for the bucket's or the account's own, and without KMS
 */
public record ObjectEncryption(Kind kind, @Nullable String kmsKeyId) {

    /** No header: the bucket decides. */
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
     * As it is configured.
     *
     * @param prefix the settings' prefix, for errors
     * @throws IllegalArgumentException for a key without KMS, or one that is none
     */
    public static ObjectEncryption configured(String prefix, Kind kind, @Nullable String kmsKeyId) {
        if (kmsKeyId == null || kmsKeyId.isBlank()) {
            // Or an environment variable that is set to nothing.
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
                    + ", but a KMS key is named by its id, its ARN or an alias, like alias/attache");
        }
        return new ObjectEncryption(kind, kmsKeyId);
    }

    /** By their names in lower case; none for {@link Kind#NONE}. */
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
