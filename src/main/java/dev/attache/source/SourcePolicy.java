package dev.attache.source;

import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.Lifetimes;
import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.UploadRequest;
import dev.attache.contract.value.UploadTerms;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one configured source may do. */
public interface SourcePolicy {

    /** The name that stands in its events' {@code source}. */
    String source();

    /** Whether its events are taken from certain senders only. */
    default boolean senderPinned() {
        return false;
    }

    /** What people read in mails and on pages. */
    String displayName();

    /** The bucket that this source's uploads go to. */
    String uploadBucket();

    /**
     * The object to link to.
     *
     * @param subject the event's subject, for prefixes with {@code {subject}}
     * @throws dev.attache.contract.value.RejectedException {@code KEY_NOT_ALLOWED}
     */
    ObjectRef download(AttachmentRef attachment, @Nullable String subject);

    /**
     * What an upload may be: the narrower of request and policy.
     *
     * @throws dev.attache.contract.value.RejectedException {@code CONTENT_TYPE_NOT_ALLOWED} or {@code TOO_LARGE}
     */
    UploadTerms upload(UploadRequest requested);

    /**
     * How long a link lives.
     *
     * @param requested the default when absent
     * @throws dev.attache.contract.value.RejectedException {@code EXPIRY_OUT_OF_RANGE}
     */
    Duration lifetime(@Nullable Duration requested);

    /** The shortest lifetime this source's links may have; a link that cannot live so long is not issued. */
    Duration minimumLifetime();

    /** The longest lifetime this source's links may have. */
    default Duration maximumLifetime() {
        return Lifetimes.LONGEST;
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
