package dev.attache.storage;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of how uploads are stored. They are signed into each way to upload, so whoever uploads must send them.
 *
 * @param serverSideEncryption the encryption header; some buckets have a policy that refuses uploads without one
 * @param kmsKeyId the id, ARN or alias of the KMS key; only with {@code aws:kms} or {@code aws:kms:dsse}
 * @param storageClass the name of a {@link StorageClass}
 * @param tags the object's tags, each written {@code key=value}. The credentials that sign need
 *     {@code s3:PutObjectTagging}
 */
public record StorageSettings(
        ObjectEncryption.@Nullable Kind serverSideEncryption,
        @Nullable String kmsKeyId,
        @Nullable String storageClass,
        @DefaultValue List<String> tags) {

    /** No values. */
    public static final StorageSettings NONE = new StorageSettings(null, null, null, List.of());

    public StorageSettings {
        // Environment variables may be set, but empty.
        kmsKeyId = kmsKeyId == null || kmsKeyId.isBlank() ? null : kmsKeyId;
        storageClass = storageClass == null || storageClass.isBlank() ? null : storageClass;
        tags = List.copyOf(tags);
    }

    /**
     * Validates the settings.
     *
     * @param prefix the prefix of their names, for errors
     * @throws IllegalArgumentException names the setting and the fix
     */
    public void check(String prefix) {
        ObjectEncryption.configured(prefix, kind(), kmsKeyId);
        if (storageClass != null
                && Arrays.stream(StorageClass.values())
                        .noneMatch(it -> it.name().equals(storageClass))) {
            throw new IllegalArgumentException(prefix + ".storage-class is " + ObjectKeys.quoted(storageClass)
                    + ", but must be one of " + Arrays.toString(StorageClass.values())
                    + "; S3 reads objects of other classes only after they are restored, so links to them would fail");
        }
        for (String tag : tags) {
            if (tag.indexOf('=') < 1) {
                throw new IllegalArgumentException(
                        prefix + ".tags contains " + ObjectKeys.quoted(tag) + "; write each tag like retention=short");
            }
        }
        Map<String, String> parsed = parsedTags();
        if (parsed.size() < tags.size()) {
            throw new IllegalArgumentException(prefix + ".tags contains a key twice; remove one of its values");
        }
        ObjectTags.error(parsed).ifPresent(error -> {
            throw new IllegalArgumentException(prefix + ".tags " + error);
        });
    }

    /**
     * These settings, and for those that are absent the others'. The encryption and its key belong together.
     *
     * @throws IllegalArgumentException if the settings were not checked and are invalid
     */
    public StorageOptions orElse(StorageSettings others) {
        StorageSettings encrypted = serverSideEncryption == null ? others : this;
        String requestedClass = storageClass == null ? others.storageClass : storageClass;
        return new StorageOptions(
                new ObjectEncryption(encrypted.kind(), encrypted.kmsKeyId),
                requestedClass == null ? null : StorageClass.valueOf(requestedClass),
                tags.isEmpty() ? others.parsedTags() : parsedTags());
    }

    private ObjectEncryption.Kind kind() {
        return Objects.requireNonNullElse(serverSideEncryption, ObjectEncryption.Kind.NONE);
    }

    private Map<String, String> parsedTags() {
        Map<String, String> parsed = new LinkedHashMap<>();
        for (String tag : tags) {
            int equals = tag.indexOf('=');
            parsed.put(tag.substring(0, equals), tag.substring(equals + 1));
        }
        return parsed;
    }
}
