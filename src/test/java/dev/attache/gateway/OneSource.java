package dev.attache.gateway;

import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.UploadRequest;
import dev.attache.contract.value.UploadTerms;
import dev.attache.source.SourceIdentity;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcePolicy;
import dev.attache.storage.ObjectEncryption;
import dev.attache.storage.StorageClass;
import dev.attache.storage.StorageOptions;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One source, until it is removed from the configuration. */
public final class OneSource implements SourcePolicies {

    public boolean configured = true;

    public SourceIdentity identity = SourceIdentity.named("Acme <Contracts>");

    @Override
    public SourcePolicy require(String source, @Nullable String senderId) {
        return require(source);
    }

    @Override
    public SourcePolicy require(String source) {
        if (!configured) {
            throw new RejectedException(RejectionCode.SOURCE_NOT_ALLOWED, source);
        }
        return new Acme(identity);
    }

    /** How its uploads are stored. */
    public static final StorageOptions STORAGE = new StorageOptions(
            new ObjectEncryption(ObjectEncryption.Kind.AES256, null),
            StorageClass.STANDARD_IA,
            Map.of("retention", "short"));

    private record Acme(SourceIdentity identity) implements SourcePolicy {

        @Override
        public StorageOptions uploadStorage() {
            return STORAGE;
        }

        @Override
        public String source() {
            return "crm";
        }

        @Override
        public String displayName() {
            return identity.displayName();
        }

        @Override
        public String uploadBucket() {
            return "files";
        }

        @Override
        public ObjectRef download(AttachmentRef attachment, @Nullable String subject) {
            throw new AssertionError("The links of pages were decided when their mail was requested");
        }

        @Override
        public UploadTerms upload(UploadRequest requested) {
            throw new AssertionError("The terms were decided when the upload was opened");
        }

        @Override
        public Duration lifetime(@Nullable Duration requested) {
            return Duration.ofDays(1);
        }

        @Override
        public Duration minimumLifetime() {
            return Duration.ofMinutes(1);
        }
    }
}
