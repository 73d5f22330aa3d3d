package dev.attache.source;

import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.Lifetimes;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.UploadRequest;
import dev.attache.contract.value.UploadTerms;
import dev.attache.storage.StorageOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one configured source may do. */
public interface SourcePolicy {

    /** The source's name, as in the {@code source} of its events. */
    String source();

    /** Whether events of this source are accepted only from configured senders. */
    default boolean senderPinned() {
        return false;
    }

    /** The name of the source in mails and on pages. */
    String displayName();

    /** How the source presents itself in mails and on pages. Its display name is {@link #displayName()}. */
    default SourceIdentity identity() {
        return SourceIdentity.named(displayName());
    }

    /** The bucket for uploads of this source. */
    String uploadBucket();

    /** The encryption, storage class and tags of uploads of this source. */
    default StorageOptions uploadStorage() {
        return StorageOptions.NONE;
    }

    /**
     * The object to link to.
     *
     * @param subject the event's subject, for prefixes that contain {@code {subject}}
     * @throws dev.attache.contract.value.RejectedException {@code KEY_NOT_ALLOWED}
     */
    ObjectRef download(AttachmentRef attachment, @Nullable String subject);

    /**
     * The terms of an upload: the narrower limits of request and policy.
     *
     * @throws dev.attache.contract.value.RejectedException {@code CONTENT_TYPE_NOT_ALLOWED} or {@code TOO_LARGE}
     */
    UploadTerms upload(UploadRequest requested);

    /**
     * The lifetime of a link.
     *
     * @param requested the lifetime that the event asks for; null for the default
     * @throws dev.attache.contract.value.RejectedException {@code EXPIRY_OUT_OF_RANGE}
     */
    Duration lifetime(@Nullable Duration requested);

    /** The shortest lifetime of links of this source. A link that would expire earlier is not issued. */
    Duration minimumLifetime();

    /** The longest lifetime of links of this source. */
    default Duration maximumLifetime() {
        return Lifetimes.LONGEST;
    }

    /** Where links in mails of this source lead. */
    default MailLinks mailLinks() {
        return SourcesProperties.Source.DEFAULT_MAIL_LINKS;
    }

    /**
     * The lifetime of a download page.
     *
     * @param requested the lifetime that the event asks for; null for the default
     * @throws dev.attache.contract.value.RejectedException {@code EXPIRY_OUT_OF_RANGE}
     */
    default Duration pageLifetime(@Nullable Duration requested) {
        return lifetime(requested);
    }

    /** The longest lifetime of download pages of this source, 90 days at most. */
    default Duration maximumPageLifetime() {
        return maximumLifetime();
    }

    /** How often the recipient of a mail may get a new link after its download page has expired, 0 or more. */
    default int renewals() {
        return 0;
    }

    /**
     * The address that bounces of this source's mails go to (SMTP's {@code MAIL FROM}): ASCII, without a name; null for
     * the address in {@code attache.mail.from}.
     */
    default @Nullable String envelopeFrom() {
        return null;
    }

    /** The most mails of this source that one worker sends in an hour, 1 or more; null for no limit. */
    default @Nullable Integer mailsPerHour() {
        return null;
    }

    /** The most mails of this source that one worker sends to one address in 24 hours, 1 or more. */
    default int mailsPerRecipientPerDay() {
        return SourcesProperties.Source.MAILS_PER_RECIPIENT_PER_DAY;
    }

    /** Whether {@code mail.sent} is published for each mail of this source that a relay accepted. */
    default boolean mailSentEvents() {
        return false;
    }
}
