package dev.attache.storage;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The encryption that uploads request, for buckets whose policy refuses uploads that request none.
 *
 * @param serverSideEncryption a signed header of upload links and a field of upload forms
 * @param kmsKeyId the id, ARN or alias of the KMS key; only with {@code aws:kms} or {@code aws:kms:dsse}
 */
@ConfigurationProperties("attache.uploads")
public record UploadEncryptionProperties(
        @DefaultValue("none") ObjectEncryption.Kind serverSideEncryption,
        @Nullable String kmsKeyId) {

    public UploadEncryptionProperties {
        ObjectEncryption.configured("attache.uploads", serverSideEncryption, kmsKeyId);
    }

    public ObjectEncryption encryption() {
        return ObjectEncryption.configured("attache.uploads", serverSideEncryption, kmsKeyId);
    }
}
