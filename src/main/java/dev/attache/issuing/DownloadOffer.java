package dev.attache.issuing;

import dev.attache.contract.value.Recipient;
import dev.attache.contract.value.RejectedException;

/** Files that are offered to the recipients of one request. */
@FunctionalInterface
public interface DownloadOffer {

    /**
     * Issues the links of one recipient.
     *
     * @param requestId the id of the request, as in {@code link.issued}
     * @param deliveryId the id of the event {@code link.issued}
     * @throws RejectedException if a file expires too soon
     * @throws dev.attache.link.LinkNotSignableException if the credentials expire too soon for direct links. Beside a
     *     page, signed links are then omitted
     */
    IssuedDownloads to(Recipient recipient, String requestId, String deliveryId);
}
