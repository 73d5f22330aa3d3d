package dev.attache.story;

import dev.attache.contract.AttachmentRequested;
import dev.attache.contract.CloudEvent;
import dev.attache.contract.EventType;
import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.Direction;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.PageOptions;
import dev.attache.contract.value.Recipient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A link that an operator sends by hand.
 *
 * @param id the id of the request. The same request with the same id is mailed once
 * @param subject the subject of the event, for folders that contain it; null for none
 * @param bucket null for the default bucket of the source
 * @param key the key of the object
 * @param address the recipient's address
 * @param name the recipient's name; null for none
 * @param locale the language of the mail as a BCP 47 tag; null for the default
 * @param expiresIn null for the source's default
 * @param mailSubject the subject of the mail; null for the default
 * @param mailText the text of the mail; null for none
 * @param maxDownloads null for no limit
 */
public record LinkRequest(
        UUID id,
        String source,
        @Nullable String subject,
        @Nullable String bucket,
        String key,
        String address,
        @Nullable String name,
        @Nullable String locale,
        @Nullable Duration expiresIn,
        @Nullable String mailSubject,
        @Nullable String mailText,
        @Nullable Integer maxDownloads,
        boolean oneTime,
        boolean confirmAddress) {

    CloudEvent<AttachmentRequested> event(Instant now) {
        boolean hasText = mailSubject != null || mailText != null;
        boolean hasOptions = maxDownloads != null || oneTime || confirmAddress;
        return new CloudEvent<>(
                id.toString(),
                source,
                EventType.ATTACHMENT_REQUESTED,
                now,
                subject,
                null,
                new AttachmentRequested(
                        Direction.DOWNLOAD,
                        Channel.EMAIL,
                        List.of(new Recipient(address, name, locale, null)),
                        null,
                        new AttachmentRef(bucket, key, null, null),
                        null,
                        expiresIn,
                        hasText ? new MessageText(mailSubject, mailText) : null,
                        null,
                        List.of(),
                        hasOptions
                                ? new PageOptions(
                                        maxDownloads, oneTime ? true : null, null, confirmAddress ? true : null, null)
                                : null));
    }

    /** Omits the recipient and the texts, which are personal data. */
    @Override
    public String toString() {
        return "LinkRequest[id=" + id + ", source=" + source + "]";
    }
}
