package dev.attache.source;

import dev.attache.storage.ObjectEncryption;
import dev.attache.storage.StorageSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How uploads of all sources are stored that have no settings of their own. The components are those of
 * {@link StorageSettings}.
 */
@ConfigurationProperties("attache.uploads")
record UploadStorageProperties(
        ObjectEncryption.@Nullable Kind serverSideEncryption,
        @Nullable String kmsKeyId,
        @Nullable String storageClass,
        @DefaultValue List<String> tags) {

    public UploadStorageProperties {
        tags = List.copyOf(tags);
        new StorageSettings(serverSideEncryption, kmsKeyId, storageClass, tags).check("attache.uploads");
    }

    StorageSettings settings() {
        return new StorageSettings(serverSideEncryption, kmsKeyId, storageClass, tags);
    }
}
