package dev.attache.ledger;

import dev.attache.ledger.downloads.DeliveryKey;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the claim on a mail.
 *
 * @param deliveryId the id of the event that requests the mail, which is the same in every attempt
 * @param delivery where the claim is stored; null for mails without a download page, whose claims are stored as earlier
 *     builds stored them
 */
public record ClaimKey(String deliveryId, @Nullable DeliveryKey delivery) {

    /** The key of a mail without a download page. */
    public static ClaimKey of(String deliveryId) {
        return new ClaimKey(deliveryId, null);
    }
}
