package dev.attache.download;

import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.UploadRequest;
import dev.attache.contract.value.UploadTerms;
import dev.attache.source.SourcePolicies;
import dev.attache.source.SourcePolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The source {@code crm}, whose settings can be changed; it may link to keys under {@code shared/}. */
final class DownloadSource implements SourcePolicy, SourcePolicies {

    boolean configured = true;

    int renewals;

    Duration longestPage = Duration.ofDays(30);

    Duration longestLink = Duration.ofDays(7);

    @Override
    public SourcePolicy require(String source, @Nullable String senderId) {
        return require(source);
    }

    @Override
    public SourcePolicy require(String source) {
        if (!configured || !source.equals("crm")) {
            throw new RejectedException(RejectionCode.SOURCE_NOT_ALLOWED, source + " is not configured");
        }
        return this;
    }

    @Override
    public String source() {
        return "crm";
    }

    @Override
    public String displayName() {
        return "crm";
    }

    @Override
    public String uploadBucket() {
        return "attache";
    }

    @Override
    public ObjectRef download(AttachmentRef attachment, @Nullable String subject) {
        if (!attachment.key().startsWith("shared/")) {
            throw new RejectedException(RejectionCode.KEY_NOT_ALLOWED, "only keys under shared/");
        }
        return new ObjectRef("attache", attachment.key(), attachment.versionId());
    }

    @Override
    public UploadTerms upload(UploadRequest requested) {
        throw new AssertionError("Downloads ask for no upload");
    }

    @Override
    public Duration lifetime(@Nullable Duration requested) {
        throw new AssertionError("The lifetime of a page is not that of a link");
    }

    @Override
    public Duration minimumLifetime() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Duration maximumLifetime() {
        return longestLink;
    }

    @Override
    public Duration maximumPageLifetime() {
        return longestPage;
    }

    @Override
    public int renewals() {
        return renewals;
    }
}
