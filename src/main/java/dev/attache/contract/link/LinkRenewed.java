package dev.attache.contract.link;

import dev.attache.contract.value.Recipient;
import java.time.Instant;

/**
 * Data of {@code link.renewed}: the recipient asked for a new link on an expired page, and a mail with it was issued.
 *
 * @param requestId the id of the event that requested the link
 * @param deliveryId the id of the {@code link.issued} event of the mail
 * @param recipient the address of the mail's recipient; other data of the recipient are removed
 * @param renewedAt when the recipient asked
 * @param expiresAt when the new link expires
 */
public record LinkRenewed(
        String requestId, String deliveryId, Recipient recipient, Instant renewedAt, Instant expiresAt) {

    public LinkRenewed {
        recipient = new Recipient(recipient.address());
    }

    /** Does not contain the address. */
    @Override
    public String toString() {
        return "LinkRenewed[requestId=" + requestId + ", deliveryId=" + deliveryId + ", renewedAt=" + renewedAt
                + ", expiresAt=" + expiresAt + "]";
    }
}
