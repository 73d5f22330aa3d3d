package dev.attache.contract.link;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.Recipient;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code link.expired}: a download page has expired. Published where the request asks for it.
 *
 * @param requestId the id of the event that requested the link
 * @param deliveryId the id of the {@code link.issued} event of the mail
 * @param recipient the address of the mail's recipient; other data of the recipient are removed
 * @param expiredAt when the page expired
 * @param downloaded whether any file was downloaded
 * @param items the files of the page, 1 to 100, in its order
 */
public record LinkExpired(
        String requestId,
        String deliveryId,
        Recipient recipient,
        Instant expiredAt,
        boolean downloaded,
        List<Item> items) {

    public LinkExpired {
        recipient = new Recipient(recipient.address());
        items = List.copyOf(items);
    }

    /** Does not contain the address. */
    @Override
    public String toString() {
        return "LinkExpired[requestId=" + requestId + ", deliveryId=" + deliveryId + ", expiredAt=" + expiredAt
                + ", downloaded=" + downloaded + ", items=" + items + "]";
    }

    /**
     * A file of the page.
     *
     * @param downloads the number of downloads, 0 or more
     * @param downloadedAt the time of the first download; null if there was none
     */
    public record Item(
            ObjectRef object, int downloads, @Nullable Instant downloadedAt) {}
}
