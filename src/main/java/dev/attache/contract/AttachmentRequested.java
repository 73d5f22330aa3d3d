package dev.attache.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.attache.contract.value.AttachmentRef;
import dev.attache.contract.value.Campaign;
import dev.attache.contract.value.Channel;
import dev.attache.contract.value.Direction;
import dev.attache.contract.value.MessageText;
import dev.attache.contract.value.PageOptions;
import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RecipientList;
import dev.attache.contract.value.UploadRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code attachment.requested}: a request for links with which people or programs download or upload a file.
 *
 * @param attachment the object to download; null for uploads
 * @param upload the limits of an upload; null for downloads
 * @param expiresIn the lifetime of the link; null for the source's default
 * @param toNotify the recipients of a mail when an upload has arrived
 * @param page the options of the download page; null for none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AttachmentRequested(
        Direction direction,
        Channel channel,
        List<Recipient> recipients,
        @Nullable RecipientList recipientList,
        @Nullable AttachmentRef attachment,
        @Nullable UploadRequest upload,
        @Nullable Duration expiresIn,
        @Nullable MessageText message,
        @Nullable Campaign campaign,
        @JsonProperty("notify") List<Recipient> toNotify,
        @Nullable PageOptions page) {

    public AttachmentRequested {
        recipients = recipients == null ? List.of() : List.copyOf(recipients);
        toNotify = toNotify == null ? List.of() : List.copyOf(toNotify);
    }

    /** A copy with these recipients and without a recipient list. */
    public AttachmentRequested withRecipients(List<Recipient> others) {
        return new AttachmentRequested(
                direction, channel, others, null, attachment, upload, expiresIn, message, campaign, toNotify, page);
    }
}
