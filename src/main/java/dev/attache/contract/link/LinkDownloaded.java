package dev.attache.contract.link;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import java.time.Instant;

/**
 * Data of {@code link.downloaded}: the recipient has downloaded a file for the first time.
 *
 * @param requestId the id of the event that requested the link
 * @param deliveryId the id of the {@code link.issued} event of the mail
 * @param recipient the address of the mail's recipient; other data of the recipient are removed
 * @param object the file
 * @param downloadedAt when the button of the file was pressed
 */
public record LinkDownloaded(
        String requestId, String deliveryId, Recipient recipient, ObjectRef object, Instant downloadedAt) {

    public LinkDownloaded {
        recipient = new Recipient(recipient.address());
    }

    /** Does not contain the address. */
    @Override
    public String toString() {
        return "LinkDownloaded[requestId=" + requestId + ", deliveryId=" + deliveryId + ", object=" + object
                + ", downloadedAt=" + downloadedAt + "]";
    }
}
