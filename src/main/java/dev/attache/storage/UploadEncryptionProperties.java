package dev.attache.storage;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How uploads ask to be encrypted: for buckets whose policy refuses those that do not ask.
 *
 * @param serverSideEncryption signed into links and forms that upload
 * @param kmsKeyId the KMS key's id, ARN or alias; with {@code aws:kms} only
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
