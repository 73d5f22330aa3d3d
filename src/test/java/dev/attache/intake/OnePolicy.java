package dev.attache.intake;

import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.UploadRequest;
import dev.attache.contract.value.UploadTerms;
import dev.attache.source.MailLinks;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcePolicy;
import dev.attache.storage.ObjectEncryption;
import dev.attache.storage.StorageOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sources {@code crm} and {@code shop}, which may use all of the bucket {@code attache}. */
public record OnePolicy(String source, MailLinks mailLinks) implements SourcePolicy {

    /** Their mails link directly to S3. */
    public static final SourcePolicies SOURCES = sources(MailLinks.DIRECT);

    /** Their mails link to download pages. */
    public static final SourcePolicies WITH_PAGES = sources(MailLinks.PAGE);

    /** A source whose mails link to download pages. */
    public OnePolicy(String source) {
        this(source, MailLinks.PAGE);
    }

    private static SourcePolicies sources(MailLinks mailLinks) {
        return new SourcePolicies() {
            @Override
            public SourcePolicy require(String source, @Nullable String senderId) {
                return require(source);
            }

            @Override
            public SourcePolicy require(String source) {
                if (!List.of("crm", "shop").contains(source)) {
                    throw new RejectedException(RejectionCode.SOURCE_NOT_ALLOWED, source + " is not configured");
                }
                return new OnePolicy(source, mailLinks);
            }
        };
    }

    @Override
    public String displayName() {
        return source;
    }

    @Override
    public StorageOptions uploadStorage() {
        return new StorageOptions(ObjectEncryption.NONE, null, Map.of("source", source));
    }

    @Override
    public String uploadBucket() {
        return "attache";
    }

    @Override
    public ObjectRef download(AttachmentRef attachment, @Nullable String subject) {
        return new ObjectRef("attache", attachment.key(), attachment.versionId());
    }

    @Override
    public UploadTerms upload(UploadRequest requested) {
        long maxBytes = requested.maxBytes() == null ? 1000 : requested.maxBytes();
        return new UploadTerms(
                requested.contentTypes(),
                maxBytes,
                requested.contentLength(),
                requested.fileName(),
                requested.sha256());
    }

    @Override
    public Duration lifetime(@Nullable Duration requested) {
        return requested == null ? Duration.ofHours(24) : requested;
    }

    @Override
    public Duration minimumLifetime() {
        return Duration.ofMinutes(1);
    }
}
