package dev.attache.contract.link;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import java.time.Instant;

/**
 * Data of {@code link.exhausted}: a file was downloaded as often as the request allows.
 *
 * @param requestId the id of the event that requested the link
 * @param deliveryId the id of the {@code link.issued} event of the mail
 * @param recipient the address of the mail's recipient; other data of the recipient are removed
 * @param object the file
 * @param downloads the number of downloads, 1 or more
 * @param exhaustedAt the time of the last of them
 */
public record LinkExhausted(
        String requestId,
        String deliveryId,
        Recipient recipient,
        ObjectRef object,
        int downloads,
        Instant exhaustedAt) {

    public LinkExhausted {
        recipient = new Recipient(recipient.address());
    }

    /** Does not contain the address. */
    @Override
    public String toString() {
        return "LinkExhausted[requestId=" + requestId + ", deliveryId=" + deliveryId + ", object=" + object
                + ", downloads=" + downloads + ", exhaustedAt=" + exhaustedAt + "]";
    }
}
